import { existsSync, readdirSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { conditionOf } from '@virtdeck/kubevirt'
import { RESOURCES } from '@virtdeck/kubernetes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersistentVolumeClaim, VirtualMachine } from './informers.ts'
import type { VirtualMachineClone } from './snapshots/clone-plan.ts'
import type { VirtualMachineRestore } from './snapshots/restore-plan.ts'
import type { VirtualMachineSnapshot } from './snapshots/snapshot-content.ts'
import { ClusterProcesses } from './testing/cluster-processes.ts'
import { virtualMachineOf } from './testing/manifests.ts'
import { StandInNode } from './testing/stand-in-node.ts'

const cluster = new ClusterProcesses()
const POLL = { timeout: 30_000, interval: 100 }
const namespace = 'default'
let node: StandInNode

beforeAll(async () => {
  await cluster.start()
  node = await new StandInNode({ client: cluster.client, name: 'node01' }).start()
})
afterAll(async () => {
  await node?.stop()
  await cluster.stop()
})

const { virtualMachines, virtualMachineSnapshots, virtualMachineRestores } = RESOURCES

const claimOf = (name: string): Promise<PersistentVolumeClaim> =>
  cluster.client.get(RESOURCES.persistentVolumeClaims, { namespace, name })
const machineOf = (name: string): Promise<VirtualMachine> =>
  cluster.client.get(virtualMachines, { namespace, name })
const snapshotOf = (name: string): Promise<VirtualMachineSnapshot> =>
  cluster.client.get(virtualMachineSnapshots, { namespace, name })
const restoreOf = (name: string): Promise<VirtualMachineRestore> =>
  cluster.client.get(virtualMachineRestores, { namespace, name })

async function diskOf(claimName: string): Promise<string> {
  const { spec } = await claimOf(claimName)
  return path.join(cluster.directory, 'volumes', spec?.volumeName ?? '', 'disk.img')
}

async function write(claimName: string, text: string): Promise<void> {
  const file = await open(await diskOf(claimName), 'r+')
  await file.write(text, 4096)
  await file.close()
}

async function read(claimName: string): Promise<string> {
  const disk = await readFile(await diskOf(claimName))
  return disk.subarray(4096, 4096 + 5).toString()
}

/** A VM called like its claim. */
async function createMachine(name: string, runStrategy = 'Halted'): Promise<void> {
  const claim: PersistentVolumeClaim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace, name },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
  }
  await cluster.client.create(RESOURCES.persistentVolumeClaims, claim)
  await expect.poll(async () => (await claimOf(name)).status?.phase, POLL).toBe('Bound')
  const volume = { persistentVolumeClaim: { claimName: name } }
  const machine = virtualMachineOf({ namespace, name, runStrategy, volume })
  await cluster.client.create(virtualMachines, machine)
}

async function takeSnapshot(source: string, name: string, more: object = {}): Promise<void> {
  await cluster.client.create(virtualMachineSnapshots, {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineSnapshot',
    metadata: { namespace, name },
    spec: {
      source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: source },
      ...more,
    },
  })
  await expect.poll(async () => (await snapshotOf(name)).status?.readyToUse, POLL).toBe(true)
}

const restore = (name: string, target: string, snapshot: string, more: object = {}) =>
  cluster.client.create(virtualMachineRestores, {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineRestore',
    metadata: { namespace, name },
    spec: {
      target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: target },
      virtualMachineSnapshotName: snapshot,
      ...more,
    },
  })

const isComplete = async (name: string) => (await restoreOf(name)).status?.complete

test('a snapshot keeps the disk’s bytes, and a restore brings them back', async () => {
  await createMachine('vm-a')
  await write('vm-a', 'first')
  await takeSnapshot('vm-a', 'before')
  const { status } = await snapshotOf('before')
  expect(status).toMatchObject({
    phase: 'Succeeded',
    snapshotVolumes: { includedVolumes: ['root'] },
  })
  expect(status?.indications).toBeUndefined()
  const lock = async () => (await machineOf('vm-a')).status?.snapshotInProgress ?? 'free'
  await expect.poll(lock, POLL).toBe('free')
  const machine = await machineOf('vm-a')
  expect(machine.status?.volumeSnapshotStatuses).toEqual([{ name: 'root', enabled: true }])

  await write('vm-a', 'other')
  await restore('back', 'vm-a', 'before')
  await expect.poll(() => isComplete('back'), POLL).toBe(true)
  const [restored] = (await restoreOf('back')).status?.restores ?? []
  expect(await read(restored?.persistentVolumeClaim ?? '')).toBe('first')
  expect(await read('vm-a')).toBe('other')
  const { spec, status: after } = await machineOf('vm-a')
  expect(spec.template.spec?.volumes?.[0]?.persistentVolumeClaim?.claimName).toBe(
    restored?.persistentVolumeClaim,
  )
  expect(after?.restoreInProgress).toBeUndefined()
})

test('a restore can make another VM, changed by its patches', async () => {
  const patches = ['{"op":"add","path":"/spec/template/spec/hostname","value":"copy"}']
  await restore('copy', 'vm-b', 'before', { patches })
  await expect.poll(() => isComplete('copy'), POLL).toBe(true)
  const copy = await machineOf('vm-b')
  expect(copy.spec.template.spec?.hostname).toBe('copy')
  const volume = copy.spec.template.spec?.volumes?.[0]
  expect(await read(volume?.persistentVolumeClaim?.claimName ?? '')).toBe('first')
  const claim = await claimOf(volume?.persistentVolumeClaim?.claimName ?? '')
  expect(claim.metadata?.ownerReferences?.[0]).toMatchObject({ name: 'vm-b' })
})

test('a clone is another machine with the same bytes', async () => {
  await cluster.client.create(RESOURCES.virtualMachineClones, {
    apiVersion: 'clone.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClone',
    metadata: { namespace, name: 'twin' },
    spec: {
      source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm-b' },
      target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'vm-twin' },
      newMacAddresses: { default: '02:00:00:00:00:77' },
    },
  })
  const phase = async () => {
    const target = { namespace, name: 'twin' }
    const clone = await cluster.client.get<VirtualMachineClone>(
      RESOURCES.virtualMachineClones,
      target,
    )
    return clone.status?.phase
  }
  await expect.poll(phase, POLL).toBe('Succeeded')
  const [twin, original] = [await machineOf('vm-twin'), await machineOf('vm-b')]
  const { domain, volumes } = twin.spec.template.spec ?? { domain: { devices: {} } }
  expect(domain.firmware?.uuid).toBeDefined()
  expect(domain.firmware?.uuid).not.toBe(original.spec.template.spec?.domain.firmware?.uuid)
  expect(domain.devices.interfaces?.[0]?.macAddress).toBe('02:00:00:00:00:77')
  expect(await read(volumes?.[0]?.persistentVolumeClaim?.claimName ?? '')).toBe('first')
  const names = async () => {
    const { items } = await cluster.client.list(virtualMachineSnapshots, { namespace })
    return items.map(({ metadata }) => metadata?.name)
  }
  await expect.poll(names, POLL).toEqual(['before'])
})

test('the data of a snapshot goes with it, restored claims stay', async () => {
  const directory = path.join(cluster.directory, 'volumes', 'snapshots')
  expect(readdirSync(directory)).toHaveLength(1)
  await cluster.client.delete(virtualMachineSnapshots, { namespace, name: 'before' })
  await expect.poll(() => readdirSync(directory), POLL).toEqual([])
  const { items } = await cluster.client.list(RESOURCES.virtualMachineSnapshotContents)
  expect(items).toEqual([])
  const [restored] = (await restoreOf('back')).status?.restores ?? []
  expect(existsSync(await diskOf(restored?.persistentVolumeClaim ?? ''))).toBe(true)
})

test('a running VM is snapshotted without an agent and cannot be restored', async () => {
  await createMachine('vm-c', 'Always')
  const printable = async () => (await machineOf('vm-c')).status?.printableStatus
  await expect.poll(printable, POLL).toBe('Running')
  await takeSnapshot('vm-c', 'online')
  expect((await snapshotOf('online')).status?.indications).toEqual(['NoGuestAgent', 'Online'])

  await restore('refused', 'vm-c', 'online', { targetReadinessPolicy: 'FailImmediate' })
  const failure = async () => conditionOf(await restoreOf('refused'), 'Failure')?.reason
  await expect.poll(failure, POLL).toBe('Restore target not ready')
  // virt-api lets one restore at a time work on a VM, also one that failed.
  await cluster.client.delete(virtualMachineRestores, { namespace, name: 'refused' })
  const names = async () => {
    const { items } = await cluster.client.list(virtualMachineRestores, { namespace })
    return items.map(({ metadata }) => metadata?.name)
  }
  await expect.poll(names, POLL).not.toContain('refused')

  await restore('stopping', 'vm-c', 'online', { targetReadinessPolicy: 'StopTarget' })
  await expect.poll(() => isComplete('stopping'), POLL).toBe(true)
  await expect.poll(printable, POLL).toBe('Stopped')
})

test('a snapshot of a VM that does not exist fails when its time is over', async () => {
  await cluster.client.create(virtualMachineSnapshots, {
    apiVersion: 'snapshot.kubevirt.io/v1beta1',
    kind: 'VirtualMachineSnapshot',
    metadata: { namespace, name: 'late' },
    spec: {
      source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'nobody' },
      failureDeadline: '1s',
    },
  })
  await expect.poll(async () => (await snapshotOf('late')).status?.phase, POLL).toBe('Failed')
  const failed = await snapshotOf('late')
  expect(conditionOf(failed, 'Failure')?.reason).toBe('snapshot deadline exceeded')
})
