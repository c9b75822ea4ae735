import { RESOURCES } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { VirtualMachine, VirtualMachineInstance } from './informers.ts'
import { FakeCluster } from './testing/fake-cluster.ts'
import { virtualMachineOf } from './testing/manifests.ts'
import { virtualMachineController } from './virtual-machine.ts'

const { virtualMachines, virtualMachineInstances } = RESOURCES
const target = { namespace: 'n', name: 'a' }
let cluster: FakeCluster

beforeEach(() => {
  cluster = new FakeCluster()
})
afterEach(() => cluster.stop())

const machine = () =>
  cluster.server.find(virtualMachines, 'a', 'n') as VirtualMachine | undefined
const instance = () =>
  cluster.server.find(virtualMachineInstances, 'a', 'n') as VirtualMachineInstance | undefined
const printable = () => machine()?.status?.printableStatus

const endInstance = (phase: string) =>
  cluster.server.client.patch(virtualMachineInstances, target, { status: { phase } })

test('starts that fail are retried more and more slowly', async () => {
  const controller = await cluster.run(virtualMachineController(cluster.context))
  await cluster.server.client.create(
    virtualMachines,
    virtualMachineOf({ ...target, runStrategy: 'Always' }),
  )
  for (const failures of [1, 2]) {
    await expect.poll(() => instance()?.metadata?.uid).toBeDefined()
    await endInstance('Failed')
    await expect.poll(instance).toBeUndefined()
    await expect.poll(printable).toBe('CrashLoopBackOff')
    expect(machine()?.status?.startFailure?.consecutiveFailCount).toBe(failures)
    cluster.pass(300_000)
    controller.add('n/a')
  }
  await expect.poll(printable).toBe('Starting')
})

test('RerunOnFailure runs again after a failure and not after success', async () => {
  await cluster.run(virtualMachineController(cluster.context))
  await cluster.server.client.create(
    virtualMachines,
    virtualMachineOf({ ...target, runStrategy: 'RerunOnFailure' }),
  )
  await expect.poll(printable).toBe('Starting')
  const first = instance()?.metadata?.uid
  await cluster.server.client.patch(virtualMachineInstances, target, {
    status: { phase: 'Running', phaseTransitionTimestamps: [{ phase: 'Running' }] },
  })
  await expect.poll(printable).toBe('Running')
  await endInstance('Failed')
  await expect.poll(() => instance()?.metadata?.uid ?? first).not.toBe(first)
  await expect.poll(printable).toBe('Starting')
  await endInstance('Succeeded')
  await expect.poll(instance).toBeUndefined()
  await expect.poll(printable).toBe('Stopped')
})

test('an instance of the same name that is not ours is left alone', async () => {
  await cluster.server.client.create(virtualMachineInstances, {
    metadata: { ...target },
    spec: { domain: { devices: {} } },
  })
  await cluster.run(virtualMachineController(cluster.context))
  const wanted = virtualMachineOf({ ...target, runStrategy: 'Always' })
  await cluster.server.client.create(virtualMachines, wanted)
  const failure = () => machine()?.status?.conditions?.find(({ type }) => type === 'Failure')
  await expect
    .poll(() => failure()?.message)
    .toBe('VirtualMachineInstance a exists and belongs to another owner')
  expect(instance()?.metadata?.deletionTimestamp).toBeUndefined()
})

test('an edited template asks for a restart, another edit does not', async () => {
  await cluster.run(virtualMachineController(cluster.context))
  const wanted = virtualMachineOf({ ...target, runStrategy: 'Always' })
  await cluster.server.client.create(virtualMachines, wanted)
  await expect.poll(printable).toBe('Starting')
  await cluster.server.client.patch(virtualMachines, target, { spec: { running: null, x: 1 } })
  await expect.poll(() => machine()?.status?.observedGeneration).toBe(2)
  const types = () => machine()?.status?.conditions?.map(({ type }) => type) ?? []
  expect(types()).not.toContain('RestartRequired')
  await cluster.server.client.patch(virtualMachines, target, {
    spec: { template: { spec: { hostname: 'other' } } },
  })
  await expect.poll(types).toContain('RestartRequired')
})
