import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import type { IoK8sApiCoreV1Event as Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { conditionOf } from '@virtdeck/kubevirt'
import { RESOURCES, StatusError, type ResourceRef } from '@virtdeck/kubernetes'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DataVolume, PersistentVolumeClaim, Pod } from './informers.ts'
import type { VirtualMachine, VirtualMachineInstance } from './informers.ts'
import { ClusterProcesses } from './testing/cluster-processes.ts'
import { virtualMachineOf, type VirtualMachineOptions } from './testing/manifests.ts'
import { StandInNode } from './testing/stand-in-node.ts'

const cluster = new ClusterProcesses()
const POLL = { timeout: 30_000, interval: 100 }
let node: StandInNode
let images: Server

/** A raw disk: zeros but for a boot sector. */
const RAW = Buffer.alloc(1024 * 1024)
RAW.writeUInt16BE(0x55aa, 510)

beforeAll(async () => {
  await cluster.start()
  node = await new StandInNode({ client: cluster.client, name: 'node01' }).start()
  images = createServer((request, response) => {
    if (request.url === '/disk.raw') response.end(RAW)
    else if (request.url === '/moved') {
      response.writeHead(302, { location: '/disk.raw' }).end()
    } else if (request.url === '/page') {
      response.setHeader('content-type', 'text/html')
      response.end('<!DOCTYPE html><html><body>Sign in</body></html>')
    } else response.writeHead(404).end('nothing here')
  })
  await new Promise<void>((resolve) => images.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  images?.close()
  await node?.stop()
  await cluster.stop()
})

const urlOf = (file: string): string =>
  `http://127.0.0.1:${(images.address() as AddressInfo).port}${file}`

async function createNamespace(name: string): Promise<string> {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  await cluster.client.create(RESOURCES.namespaces, namespace)
  return name
}

const create = (options: VirtualMachineOptions): Promise<VirtualMachine> =>
  cluster.client.create(RESOURCES.virtualMachines, virtualMachineOf(options))

const virtualMachine = (namespace: string, name: string): Promise<VirtualMachine> =>
  cluster.client.get<VirtualMachine>(RESOURCES.virtualMachines, { namespace, name })

async function statusOf(namespace: string, name: string): Promise<string | undefined> {
  try {
    return (await virtualMachine(namespace, name)).status?.printableStatus
  } catch (error) {
    if (error instanceof StatusError && error.code === 404) return 'gone'
    if (error instanceof StatusError && error.code === 0) return 'unreachable'
    throw error
  }
}

function setRunStrategy(namespace: string, name: string, runStrategy: string) {
  const patch = { spec: { runStrategy } }
  return cluster.client.patch(RESOURCES.virtualMachines, { namespace, name }, patch)
}

async function namesOf(resource: ResourceRef, namespace: string): Promise<string[]> {
  const { items } = await cluster.client.list(resource, { namespace })
  return items.map(({ metadata }) => metadata?.name ?? '')
}

const allNamespaces = (): Promise<string[]> => namesOf(RESOURCES.namespaces, '')

async function reasonsOf(namespace: string, name: string): Promise<string[]> {
  const { items } = await cluster.client.list<Event>(RESOURCES.events, {
    namespace,
    fieldSelector: `involvedObject.name=${name}`,
  })
  return items.map(({ reason }) => reason ?? '')
}

test('a VM becomes an instance and a pod on a node, stops, and leaves nothing behind', async () => {
  const namespace = await createNamespace('whole-life')
  await create({ namespace, name: 'a' })
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Stopped')
  const stopped = await virtualMachine(namespace, 'a')
  expect(stopped.metadata?.finalizers).toEqual(['kubevirt.io/virtualMachineControllerFinalize'])
  expect(conditionOf(stopped, 'Ready')?.reason).toBe('VMINotExists')

  await setRunStrategy(namespace, 'a', 'Always')
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Running')
  const target = { namespace, name: 'a' }
  const instance = await cluster.client.get<VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    target,
  )
  expect(instance.metadata?.labels).toEqual({ 'kubevirt.io/nodeName': 'node01' })
  expect(instance.status?.phaseTransitionTimestamps?.map(({ phase }) => phase)).toEqual([
    'Pending',
    'Scheduling',
    'Scheduled',
    'Running',
  ])
  const [podName = ''] = await namesOf(RESOURCES.pods, namespace)
  const pod = await cluster.client.get<Pod>(RESOURCES.pods, { namespace, name: podName })
  expect(pod.spec?.nodeName).toBe('node01')
  expect(pod.metadata?.labels?.['kubevirt.io/created-by']).toBe(instance.metadata?.uid)
  await expect
    .poll(async () => (await reasonsOf(namespace, podName)).toSorted(), POLL)
    .toEqual(['Scheduled'])
  expect(await namesOf(RESOURCES.controllerRevisions, namespace)).toHaveLength(1)

  await setRunStrategy(namespace, 'a', 'Halted')
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Stopped')
  await expect.poll(() => namesOf(RESOURCES.pods, namespace), POLL).toEqual([])
  await expect.poll(() => namesOf(RESOURCES.controllerRevisions, namespace), POLL).toEqual([])
  expect((await reasonsOf(namespace, 'a')).toSorted()).toEqual([
    'SuccessfulCreate',
    'SuccessfulCreate',
    'SuccessfulDelete',
  ])

  await setRunStrategy(namespace, 'a', 'Always')
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Running')
  await cluster.client.delete(RESOURCES.virtualMachines, target, {
    propagationPolicy: 'Foreground',
  })
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('gone')
  const kinds = [
    RESOURCES.virtualMachineInstances,
    RESOURCES.pods,
    RESOURCES.controllerRevisions,
  ]
  for (const kind of kinds) await expect.poll(() => namesOf(kind, namespace), POLL).toEqual([])
})

test('a stopped VM is written twice and then left alone', async () => {
  const namespace = await createNamespace('quiet')
  const created = await create({ namespace, name: 'a' })
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Stopped')
  const { resourceVersion } = (await virtualMachine(namespace, 'a')).metadata ?? {}
  const events = []
  const watch = cluster.client.watch(RESOURCES.virtualMachines, {
    namespace,
    resourceVersion: created.metadata?.resourceVersion,
    timeoutSeconds: 1,
  })
  for await (const { object } of watch) events.push(object.metadata?.resourceVersion)
  // The finalizer and the status.
  expect(events).toHaveLength(2)
  expect(events[1]).toBe(resourceVersion)
})

test('a restart request of a VM that always runs makes another instance', async () => {
  const namespace = await createNamespace('restarts')
  await create({ namespace, name: 'a', runStrategy: 'Always' })
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Running')
  const uid = async () => {
    const resource = RESOURCES.virtualMachineInstances
    const { items } = await cluster.client.list<VirtualMachineInstance>(resource, { namespace })
    const instance = items.find(({ status }) => status?.phase === 'Running')
    return instance?.metadata?.uid
  }
  const first = await uid()
  await cluster.client.request({
    method: 'PUT',
    path: `/apis/subresources.kubevirt.io/v1/namespaces/${namespace}/virtualmachines/a/restart`,
    headers: { accept: '*/*' },
  })
  await expect.poll(async () => (await uid()) ?? first, POLL).not.toBe(first)
  const requests = async () =>
    (await virtualMachine(namespace, 'a')).status?.stateChangeRequests
  await expect.poll(async () => (await requests()) ?? [], POLL).toEqual([])
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Running')
})

test('says why a VM does not start: no room, no claim', async () => {
  const namespace = await createNamespace('problems')
  await create({ namespace, name: 'huge', runStrategy: 'Always', memory: '1Ti' })
  const volume = { persistentVolumeClaim: { claimName: 'nowhere' } }
  await create({ namespace, name: 'bare', runStrategy: 'Always', volume })
  await expect.poll(() => statusOf(namespace, 'huge'), POLL).toBe('ErrorUnschedulable')
  expect(conditionOf(await virtualMachine(namespace, 'huge'), 'PodScheduled')?.message).toBe(
    '0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
  )
  await expect.poll(() => statusOf(namespace, 'bare'), POLL).toBe('ErrorPvcNotFound')

  // The claim appears, and the VM starts.
  const claim: PersistentVolumeClaim = {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { namespace, name: 'nowhere' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Mi' } } },
  }
  await cluster.client.create(RESOURCES.persistentVolumeClaims, claim)
  await expect.poll(() => statusOf(namespace, 'bare'), POLL).toBe('Running')
})

test('a namespace takes its running VMs along', async () => {
  const namespace = await createNamespace('short-lived')
  await create({ namespace, name: 'a', runStrategy: 'Always' })
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Running')
  await cluster.client.delete(RESOURCES.namespaces, { name: namespace })
  await expect.poll(allNamespaces, POLL).not.toContain(namespace)
})

function dataVolumeOf(namespace: string, name: string, url: string, size = '2Mi'): DataVolume {
  return {
    apiVersion: 'cdi.kubevirt.io/v1beta1',
    kind: 'DataVolume',
    metadata: { namespace, name },
    spec: {
      source: { http: { url } },
      pvc: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: size } } },
    },
  } as DataVolume
}

async function dataVolume(namespace: string, name: string): Promise<DataVolume> {
  return cluster.client.get<DataVolume>(RESOURCES.dataVolumes, { namespace, name })
}

test('an image is downloaded into a volume, also behind a redirect', async () => {
  const namespace = await createNamespace('imports')
  const wanted = dataVolumeOf(namespace, 'disk', urlOf('/moved'))
  await cluster.client.create(RESOURCES.dataVolumes, wanted)
  const phase = async () => (await dataVolume(namespace, 'disk')).status?.phase
  await expect.poll(phase, POLL).toBe('Succeeded')
  expect((await dataVolume(namespace, 'disk')).status?.progress).toBe('100.0%')
  const claim = await cluster.client.get<PersistentVolumeClaim>(
    RESOURCES.persistentVolumeClaims,
    { namespace, name: 'disk' },
  )
  const file = path.join(cluster.directory, 'volumes', claim.spec?.volumeName ?? '', 'disk.img')
  expect(readFileSync(file).subarray(0, RAW.length).equals(RAW)).toBe(true)
  await cluster.client.delete(RESOURCES.dataVolumes, { namespace, name: 'disk' })
  const left = () => namesOf(RESOURCES.persistentVolumeClaims, namespace)
  await expect.poll(left, POLL).toEqual([])
})

test.each([
  [
    '/missing',
    'Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found',
  ],
  ['/page', /not a disk image|Invalid format/],
])('the import of %s goes on failing, and says why', async (file, message) => {
  const namespace = await createNamespace(`bad-import-${file.slice(1)}`)
  await cluster.client.create(
    RESOURCES.dataVolumes,
    dataVolumeOf(namespace, 'disk', urlOf(file)),
  )
  const running = async () => conditionOf(await dataVolume(namespace, 'disk'), 'Running')
  await expect.poll(async () => (await running())?.reason, POLL).toBe('Error')
  expect((await running())?.message).toMatch(message)
  const { status } = await dataVolume(namespace, 'disk')
  expect(status?.phase).toBe('ImportInProgress')
  expect(status?.restartCount).toBeGreaterThan(0)
})

test('a VM waits for its DataVolumes and takes them along', async () => {
  const namespace = await createNamespace('templates')
  await create({
    namespace,
    name: 'a',
    runStrategy: 'Always',
    volume: { dataVolume: { name: 'disk' } },
    dataVolumeTemplates: [
      {
        metadata: { name: 'disk' },
        spec: dataVolumeOf(namespace, 'x', urlOf('/disk.raw')).spec,
      },
    ],
  })
  await expect.poll(() => statusOf(namespace, 'a'), POLL).toBe('Running')
  expect(await reasonsOf(namespace, 'a')).toContain('SuccessfulDataVolumeCreate')
  await cluster.client.delete(RESOURCES.virtualMachines, { namespace, name: 'a' })
  await expect.poll(() => namesOf(RESOURCES.dataVolumes, namespace), POLL).toEqual([])
  await expect
    .poll(() => namesOf(RESOURCES.persistentVolumeClaims, namespace), POLL)
    .toEqual([])
})

test('everything converges after the API server and the controllers were killed', async () => {
  const namespace = await createNamespace('survivors')
  const names = ['a', 'b', 'c', 'd']
  for (const name of names) await create({ namespace, name, runStrategy: 'Always' })
  await cluster.killApiServer()
  await cluster.restartApiServer()
  const all = () => Promise.all(names.map((name) => statusOf(namespace, name)))
  const running = names.map(() => 'Running')
  await expect.poll(all, POLL).toEqual(running)
  expect(await namesOf(RESOURCES.pods, namespace)).toHaveLength(names.length)

  await cluster.killControllers()
  for (const name of names) await setRunStrategy(namespace, name, 'Halted')
  await cluster.startControllers()
  await expect.poll(all, POLL).toEqual(names.map(() => 'Stopped'))
  await expect.poll(() => namesOf(RESOURCES.pods, namespace), POLL).toEqual([])
})

test('the controllers stop when they are asked to', async () => {
  expect(await cluster.stopControllers()).toBe(0)
})
