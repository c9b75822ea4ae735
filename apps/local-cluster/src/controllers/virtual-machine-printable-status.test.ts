import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { afterEach, expect, test } from 'vitest'
import type { DataVolume, VirtualMachineInstance } from './informers.ts'
import { FakeCluster } from './testing/fake-cluster.ts'
import { virtualMachineOf, type VirtualMachineOptions } from './testing/manifests.ts'
import { virtualMachineController } from './virtual-machine.ts'

/** What is there besides the VM, which is called `a`. */
interface Situation {
  machine?: Omit<Partial<VirtualMachineOptions>, 'name' | 'namespace'>
  /** Status of its instance; without one there is no instance, or the controller makes it. */
  instance?: VirtualMachineInstance['status']
  /** The instance is being deleted. */
  leaving?: boolean
  dataVolume?: DataVolume['status']
  claim?: string
  /** What happens to the VM once it is there. */
  happening?: (cluster: FakeCluster) => Promise<unknown>
}

const target = { namespace: 'n', name: 'a' }
const claimed = { volume: { persistentVolumeClaim: { claimName: 'disk' } } }
const imported = { volume: { dataVolume: { name: 'disk' } } }
const always = { runStrategy: 'Always' }
const running = { phase: 'Running' }

const condition = (type: string, status: string, reason: string) => ({
  conditions: [{ type, status, reason }],
})
const unsynchronized = (reason: string) => ({
  phase: 'Pending',
  ...condition('Synchronized', 'False', reason),
})

const deleteMachine = async ({ server }: FakeCluster) => {
  const held = () => server.find(RESOURCES.virtualMachines, 'a', 'n')?.metadata?.finalizers
  await expect.poll(held).toBeDefined()
  await server.client.delete(RESOURCES.virtualMachines, target)
}
const failInstance = async ({ server }: FakeCluster) => {
  const resource = RESOURCES.virtualMachineInstances
  await expect.poll(() => server.find(resource, 'a', 'n')).toBeDefined()
  await server.client.patch(resource, target, { status: { phase: 'Failed' } })
}

const SITUATIONS: readonly (readonly [string, Situation])[] = [
  ['Stopped', {}],
  [
    'Provisioning',
    { machine: { ...always, ...imported }, dataVolume: { phase: 'ImportInProgress' } },
  ],
  ['WaitingForVolumeBinding', { machine: { ...always, ...claimed }, claim: 'Pending' }],
  ['Starting', { machine: always }],
  ['Running', { machine: always, instance: running }],
  [
    'Migrating',
    {
      machine: always,
      instance: { ...running, migrationState: { startTimestamp: '2026-01-01T00:00:00Z' } },
    },
  ],
  [
    'Paused',
    {
      machine: always,
      instance: { ...running, ...condition('Paused', 'True', 'PausedByUser') },
    },
  ],
  ['Stopping', { machine: always, instance: running, leaving: true }],
  ['Terminating', { machine: always, instance: running, happening: deleteMachine }],
  [
    'ErrorUnschedulable',
    {
      machine: always,
      instance: { phase: 'Scheduling', ...condition('PodScheduled', 'False', 'Unschedulable') },
    },
  ],
  ['ErrImagePull', { machine: always, instance: unsynchronized('ErrImagePull') }],
  ['ImagePullBackOff', { machine: always, instance: unsynchronized('ImagePullBackOff') }],
  [
    'ErrorPvcNotFound',
    { machine: { ...always, ...claimed }, instance: unsynchronized('FailedPvcNotFound') },
  ],
  [
    'DataVolumeError',
    {
      machine: { ...always, ...imported },
      dataVolume: { phase: 'ImportInProgress', ...condition('Running', 'False', 'Error') },
    },
  ],
  ['CrashLoopBackOff', { machine: always, happening: failInstance }],
  ['Unknown', { machine: always, instance: { phase: 'Unknown' } }],
]

let cluster: FakeCluster
afterEach(() => cluster.stop())

const FINALIZER = 'kubevirt.io/virtualMachineControllerFinalize'

test.each(SITUATIONS)('%s', async (status, situation) => {
  cluster = new FakeCluster()
  const { client } = cluster.server
  const { machine, instance, leaving, dataVolume, claim, happening } = situation
  const created = await client.create<KubernetesObject>(
    RESOURCES.virtualMachines,
    virtualMachineOf({ ...target, ...machine }),
  )
  const disk = { metadata: { namespace: 'n', name: 'disk' } }
  if (dataVolume) await client.create(RESOURCES.dataVolumes, { ...disk, status: dataVolume })
  if (claim) {
    const bound = { ...disk, status: { phase: claim } }
    await client.create(RESOURCES.persistentVolumeClaims, bound)
  }
  if (instance) {
    const owner = { apiVersion: 'kubevirt.io/v1', kind: 'VirtualMachine', name: 'a' }
    const { uid = '' } = created.metadata ?? {}
    const ownerReferences = [{ ...owner, uid, controller: true }]
    await client.create(RESOURCES.virtualMachineInstances, {
      metadata: { ...target, ownerReferences, finalizers: [FINALIZER] },
      spec: { domain: { devices: {} } },
      status: instance,
    })
    if (leaving) await client.delete(RESOURCES.virtualMachineInstances, target)
  }
  await cluster.run(virtualMachineController(cluster.context))
  const printable = () => {
    const found = cluster.server.find(RESOURCES.virtualMachines, 'a', 'n')
    return (found?.status as { printableStatus?: string } | undefined)?.printableStatus
  }
  await happening?.(cluster)
  await expect.poll(printable).toBe(status)
})
