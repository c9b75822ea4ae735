import type { IoK8sApiAppsV1ControllerRevision as ControllerRevision } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import { conditionOf } from '@virtdeck/kubevirt'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { VirtualMachine, VirtualMachineInstance } from './informers.ts'
import { FakeCluster } from './testing/fake-cluster.ts'
import { virtualMachineController } from './virtual-machine.ts'

let cluster: FakeCluster
const target = { namespace: 'n', name: 'a' }

beforeEach(async () => {
  cluster = new FakeCluster()
  await cluster.run(virtualMachineController(cluster.context))
})
afterEach(() => cluster.stop())

const machine = (): VirtualMachine | undefined =>
  cluster.server.list<VirtualMachine>(RESOURCES.virtualMachines)[0]
const instance = (): VirtualMachineInstance | undefined =>
  cluster.server.list<VirtualMachineInstance>(RESOURCES.virtualMachineInstances)[0]

const small = {
  metadata: { name: 'small' },
  spec: { cpu: { guest: 2 }, memory: { guest: '1Gi' } },
}

const create = (domain: object = {}, more: object = {}) =>
  cluster.server.client.create(RESOURCES.virtualMachines, {
    metadata: target,
    spec: {
      runStrategy: 'Always',
      instancetype: { name: 'small', kind: 'VirtualMachineClusterInstancetype' },
      template: { spec: { domain: { devices: {}, ...domain } } },
      ...more,
    },
  })

test('an instance is what instance type and preference say, and stays that way', async () => {
  const { client } = cluster.server
  await client.create(RESOURCES.virtualMachineClusterInstancetypes, small)
  await client.create(RESOURCES.virtualMachinePreferences, {
    metadata: { namespace: 'n', name: 'cores' },
    spec: { cpu: { preferredCPUTopology: 'cores' } },
  })
  const preference = { name: 'cores', kind: 'VirtualMachinePreference' }
  await create({}, { preference })
  await expect.poll(() => instance()?.spec.domain.memory?.guest).toBe('1Gi')
  expect(instance()?.spec.domain.cpu).toEqual({ sockets: 1, cores: 2, threads: 1 })
  expect(instance()?.metadata?.annotations).toMatchObject({
    'kubevirt.io/cluster-instancetype-name': 'small',
    'kubevirt.io/preference-name': 'cores',
  })
  const revision = () => machine()?.status?.instancetypeRef?.controllerRevisionRef?.name
  await expect.poll(revision).toMatch(/^a-small-/)
  const revisions = cluster.server.list<ControllerRevision>(RESOURCES.controllerRevisions)
  const kept = revisions.find(({ metadata }) => metadata?.name === revision())
  expect(kept?.metadata?.labels).toMatchObject({
    'instancetype.kubevirt.io/object-name': 'small',
    'instancetype.kubevirt.io/object-kind': 'VirtualMachineClusterInstancetype',
  })

  // What others make of the instance type later is not this VM's affair.
  await client.patch(
    RESOURCES.virtualMachineClusterInstancetypes,
    { name: 'small' },
    {
      spec: { memory: { guest: '8Gi' } },
    },
  )
  const first = instance()?.metadata?.uid
  await client.patch(RESOURCES.virtualMachineInstances, target, {
    status: { phase: 'Succeeded', phaseTransitionTimestamps: [{ phase: 'Running' }] },
  })
  await expect.poll(() => instance()?.metadata?.uid ?? first).not.toBe(first)
  expect(instance()?.spec.domain.memory?.guest).toBe('1Gi')
})

test('an instance type that does not exist is named', async () => {
  await create()
  const failure = () => conditionOf(machine(), 'Failure')
  await expect.poll(() => failure()?.reason).toBe('FailedFindInstancetype')
  expect(failure()?.message).toBe(
    'virtualmachineclusterinstancetypes.instancetype.kubevirt.io "small" not found',
  )
})

test('a VM that contradicts its instance type is not started', async () => {
  await cluster.server.client.create(RESOURCES.virtualMachineClusterInstancetypes, small)
  await create({ cpu: { cores: 4 } })
  await expect
    .poll(() => conditionOf(machine(), 'Failure')?.message)
    .toBe('VMI conflicts with instancetype spec in fields: [spec.domain.cpu.cores]')
  expect(instance()).toBeUndefined()
})
