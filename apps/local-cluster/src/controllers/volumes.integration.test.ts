import { mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, virtualMachineSubresourcePath } from '@virtdeck/kubernetes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type {
  DataVolume,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Secret,
  VirtualMachine,
} from './informers.ts'
import { ClusterProcesses } from './testing/cluster-processes.ts'
import { virtualMachineOf } from './testing/manifests.ts'
import { StandInNode } from './testing/stand-in-node.ts'

const cluster = new ClusterProcesses()
const POLL = { timeout: 30_000, interval: 100 }
const namespace = 'default'
const MIB = 1024 * 1024
let node: StandInNode

beforeAll(async () => {
  await cluster.start()
  node = await new StandInNode({ client: cluster.client, name: 'node01' }).start()
})
afterAll(async () => {
  await node?.stop()
  await cluster.stop()
})

const { persistentVolumeClaims, persistentVolumes, dataVolumes, virtualMachines } = RESOURCES

const claim = (name: string): Promise<PersistentVolumeClaim> =>
  cluster.client.get(persistentVolumeClaims, { namespace, name })
const phaseOf = async (name: string) => (await claim(name)).status?.phase
const dataVolumePhase = async (name: string) =>
  (await cluster.client.get<DataVolume>(dataVolumes, { namespace, name })).status?.phase

function createClaim(
  name: string,
  spec: Partial<NonNullable<PersistentVolumeClaim['spec']>> = {},
): Promise<PersistentVolumeClaim> {
  return cluster.client.create<PersistentVolumeClaim>(persistentVolumeClaims, {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace, name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Mi' } },
      ...spec,
    },
  })
}

async function reasonsOf(name: string): Promise<(string | undefined)[]> {
  const fieldSelector = `involvedObject.name=${name}`
  const { items } = await cluster.client.list<Event>(RESOURCES.events, {
    namespace,
    fieldSelector,
  })
  return items.map(({ reason }) => reason)
}

async function diskOf(name: string): Promise<string> {
  const { spec } = await claim(name)
  return path.join(cluster.directory, 'volumes', spec?.volumeName ?? '', 'disk.img')
}

const printable = async (name: string) =>
  (await cluster.client.get<VirtualMachine>(virtualMachines, { namespace, name })).status
    ?.printableStatus

test('a claim of the second class waits for its VM, and the VM for its disk', async () => {
  const spec = {
    source: { blank: {} },
    pvc: {
      storageClassName: 'local-wffc',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Mi' } },
    },
  } as DataVolume['spec']
  await cluster.client.create(
    virtualMachines,
    virtualMachineOf({
      namespace,
      name: 'patient',
      volume: { dataVolume: { name: 'patient' } },
      dataVolumeTemplates: [{ metadata: { name: 'patient' }, spec }],
    }),
  )
  await expect
    .poll(() => dataVolumePhase('patient').catch(() => ''), POLL)
    .toBe('WaitForFirstConsumer')
  expect(await phaseOf('patient')).toBe('Pending')
  expect(await reasonsOf('patient')).toContain('WaitForFirstConsumer')

  const target = { namespace, name: 'patient' }
  await cluster.client.patch(virtualMachines, target, { spec: { runStrategy: 'Always' } })
  await expect.poll(() => printable('patient'), POLL).toBe('Running')
  expect(await dataVolumePhase('patient')).toBe('Succeeded')
  const pods = async () =>
    (await cluster.client.list<Pod>(RESOURCES.pods, { namespace })).items.map(
      ({ metadata }) => metadata?.annotations?.['kubevirt.io/ephemeral-provisioning'],
    )
  // The pod that only made the volume be bound has gone.
  await expect.poll(pods, POLL).toEqual([undefined])
})

test('a DataVolume that asks for it is not made to wait', async () => {
  await cluster.client.create(dataVolumes, {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: {
      namespace,
      name: 'eager',
      annotations: { 'cdi.kubevirt.io/storage.bind.immediate.requested': '' },
    },
    spec: {
      source: { blank: {} },
      pvc: {
        storageClassName: 'local-wffc',
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Mi' } },
      },
    },
  } as DataVolume)
  await expect.poll(() => dataVolumePhase('eager'), POLL).toBe('Succeeded')
})

test('a claim that is made larger gets a larger disk, and says so when a pod uses it', async () => {
  await createClaim('growing')
  await expect.poll(() => phaseOf('growing'), POLL).toBe('Bound')
  const target = { namespace, name: 'growing' }
  const larger = { spec: { resources: { requests: { storage: '3Mi' } } } }
  await cluster.client.patch(persistentVolumeClaims, target, larger)
  const conditions = async () =>
    (await claim('growing')).status?.conditions?.map(({ type }) => type) ?? []
  await expect.poll(conditions, POLL).toEqual(['FileSystemResizePending'])
  expect(statSync(await diskOf('growing')).size).toBe(3 * MIB)
  expect((await claim('growing')).status?.capacity).toEqual({ storage: '1Mi' })

  const volume = { persistentVolumeClaim: { claimName: 'growing' } }
  const machine = virtualMachineOf({ namespace, name: 'user', runStrategy: 'Always', volume })
  await cluster.client.create(virtualMachines, machine)
  await expect
    .poll(async () => (await claim('growing')).status?.capacity, POLL)
    .toEqual({ storage: '3Mi' })
  expect(await conditions()).toEqual([])
})

test('a claim that is plugged into a running guest grows at once, and stays while it is used', async () => {
  await createClaim('plugged')
  await expect.poll(() => phaseOf('plugged'), POLL).toBe('Bound')
  const host = { namespace, name: 'host' }
  const machine = virtualMachineOf({ ...host, runStrategy: 'Always' })
  await cluster.client.create(virtualMachines, machine)
  await expect.poll(() => printable('host'), POLL).toBe('Running')
  const options = {
    name: 'plugged',
    disk: { name: 'plugged', disk: { bus: 'scsi' } },
    volumeSource: { persistentVolumeClaim: { claimName: 'plugged' } },
  }
  await cluster.client.request({
    method: 'PUT',
    path: virtualMachineSubresourcePath({
      resource: 'virtualmachines',
      ...host,
      subresource: 'addvolume',
    }),
    headers: { accept: '*/*', 'content-type': 'application/json' },
    body: JSON.stringify(options),
  })
  const target = { namespace, name: 'plugged' }
  const larger = { spec: { resources: { requests: { storage: '3Mi' } } } }
  await cluster.client.patch(persistentVolumeClaims, target, larger)
  await expect
    .poll(async () => (await claim('plugged')).status?.capacity, POLL)
    .toEqual({ storage: '3Mi' })
  await cluster.client.delete(persistentVolumeClaims, target)
  expect((await claim('plugged')).metadata?.deletionTimestamp).toBeDefined()
})

test('a claim takes the volume that somebody has made for it, and leaves it behind', async () => {
  const directory = path.join(cluster.directory, 'by-hand')
  mkdirSync(directory)
  const volumeOf = (name: string, storage: string): PersistentVolume => ({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      capacity: { storage },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'manual',
      hostPath: { path: directory },
    },
  })
  await cluster.client.create(persistentVolumes, volumeOf('large', '9Mi'))
  await cluster.client.create(persistentVolumes, volumeOf('fitting', '2Mi'))
  await createClaim('static', { storageClassName: 'manual' })
  await expect.poll(() => phaseOf('static'), POLL).toBe('Bound')
  expect((await claim('static')).spec?.volumeName).toBe('fitting')
  await cluster.client.delete(persistentVolumeClaims, { namespace, name: 'static' })
  const phase = async () =>
    (await cluster.client.get<PersistentVolume>(persistentVolumes, { name: 'fitting' })).status
      ?.phase
  await expect.poll(phase, POLL).toBe('Released')
})

test('a claim of a class that does not exist says so', async () => {
  await createClaim('lost', { storageClassName: 'nowhere' })
  await expect.poll(() => reasonsOf('lost'), POLL).toEqual(['ProvisioningFailed'])
})

test('a secret that asks for a token gets one, until the account is gone', async () => {
  const account = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { namespace, name: 'robot' },
  }
  await cluster.client.create(RESOURCES.serviceAccounts, account)
  await cluster.client.create<Secret>(RESOURCES.secrets, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace,
      name: 'robot-token',
      annotations: { 'kubernetes.io/service-account.name': 'robot' },
    },
    type: 'kubernetes.io/service-account-token',
  })
  const target = { namespace, name: 'robot-token' }
  const read = () => cluster.client.get<Secret>(RESOURCES.secrets, target)
  await expect
    .poll(async () => Object.keys((await read()).data ?? {}).toSorted(), POLL)
    .toEqual(['ca.crt', 'namespace', 'token'])
  await cluster.client.delete(RESOURCES.serviceAccounts, { namespace, name: 'robot' })
  await expect.poll(() => read().catch(() => 'gone'), POLL).toBe('gone')
})
