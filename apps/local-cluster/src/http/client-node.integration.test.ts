import path from 'node:path'
import {
  CoreV1Api,
  KubeConfig,
  ListWatch,
  Watch,
  type V1ConfigMap,
} from '@kubernetes/client-node'
import { Informer, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { ClusterProcesses } from '../controllers/testing/cluster-processes.ts'

const NAMESPACE = 'default'

let cluster: ClusterProcesses
let core: CoreV1Api
let config: KubeConfig
beforeEach(async () => {
  cluster = new ClusterProcesses()
  await cluster.startApiServer()
  config = new KubeConfig()
  config.loadFromFile(path.join(cluster.directory, 'kubeconfig'))
  core = config.makeApiClient(CoreV1Api)
})
afterEach(() => cluster.stop())

/** What both clients' objects have. */
interface Named {
  metadata?: { name?: string | undefined; resourceVersion?: string | undefined } | undefined
}

/** What an informer told of each object, as versions in the order they came. */
class Told {
  readonly versions = new Map<string, number[]>()
  readonly present = new Map<string, number>()
  readonly mistakes: string[] = []

  add(object: Named): void {
    const name = object.metadata?.name ?? ''
    if (this.present.has(name)) this.mistakes.push(`${name} was added twice`)
    this.#note(name, object)
  }

  update(object: Named): void {
    const name = object.metadata?.name ?? ''
    if (!this.present.has(name)) this.mistakes.push(`${name} changed before it was there`)
    this.#note(name, object)
  }

  delete(object: Named): void {
    const name = object.metadata?.name ?? ''
    if (!this.present.delete(name)) this.mistakes.push(`${name} was deleted twice`)
  }

  #note(name: string, object: Named): void {
    const version = Number(object.metadata?.resourceVersion)
    const before = this.versions.get(name)?.at(-1) ?? 0
    if (version <= before) this.mistakes.push(`${name} went from ${before} to ${version}`)
    this.versions.set(name, [...(this.versions.get(name) ?? []), version])
    this.present.set(name, version)
  }
}

const PATH = `/api/v1/namespaces/${NAMESPACE}/configmaps`

/** client-node's informer; its watches are cut after so many milliseconds without an event. */
function clientNodeInformer(told: Told, cutAfterMilliseconds: number) {
  const watch = new Watch(config)
  // The client cuts a watch after 30 s without an event; nobody should wait for that here.
  Object.assign(watch, { requestTimeoutMs: cutAfterMilliseconds })
  let requests = 0
  const counted = Object.assign(Object.create(watch) as Watch, {
    watch: (...args: Parameters<Watch['watch']>) => {
      requests += 1
      return watch.watch(...args)
    },
  })
  const list = () => core.listNamespacedConfigMap({ namespace: NAMESPACE })
  const informer = new ListWatch<V1ConfigMap>(PATH, counted, list, false)
  informer.on('add', (object) => told.add(object))
  // A second list tells what it found again as an update; only another version is news.
  informer.on('update', (object) => {
    const known = told.present.get(object.metadata?.name ?? '')
    if (known !== Number(object.metadata?.resourceVersion)) told.update(object)
  })
  informer.on('delete', (object) => told.delete(object))
  informer.on('error', () => {
    setTimeout(() => void informer.start(), 50).unref()
  })
  return { informer, watches: () => requests }
}

const write = (name: string, round: number): Promise<unknown> =>
  core
    .replaceNamespacedConfigMap({
      namespace: NAMESPACE,
      name,
      body: { metadata: { name }, data: { round: String(round) } },
    })
    .catch(() =>
      core.createNamespacedConfigMap({
        namespace: NAMESPACE,
        body: { metadata: { name }, data: { round: String(round) } },
      }),
    )

/** The version of each object that is there. */
async function current(): Promise<Record<string, number>> {
  const { items } = await core.listNamespacedConfigMap({ namespace: NAMESPACE })
  return Object.fromEntries(
    items.map(({ metadata }) => [metadata?.name ?? '', Number(metadata?.resourceVersion)]),
  )
}

const NAMES = Array.from({ length: 20 }, (_, index) => `map-${index}`)

describe('the informer of @kubernetes/client-node', () => {
  test('loses and repeats nothing while its watches are cut again and again', async () => {
    const told = new Told()
    const { informer, watches } = clientNodeInformer(told, 40)
    await informer.start()
    // Quiet moments, in which the client gives up its watch, between bursts of writes.
    for (let round = 0; watches() < 8; round += 1) {
      await Promise.all(NAMES.map((name) => write(name, round)))
      const open = watches()
      await expect.poll(watches).toBeGreaterThan(open)
    }
    const final = await current()
    await expect.poll(() => Object.fromEntries(told.present)).toEqual(final)
    await informer.stop()
    expect(told.mistakes).toEqual([])
  }, 60_000)

  test('goes on after the API server was killed and started again', async () => {
    const told = new Told()
    const { informer } = clientNodeInformer(told, 30_000)
    await informer.start()
    await Promise.all(NAMES.map((name) => write(name, 0)))
    for (const round of [1, 2, 3]) {
      await cluster.killApiServer()
      await cluster.restartApiServer()
      await Promise.all(NAMES.map((name) => write(name, round)))
      await core.deleteNamespacedConfigMap({ namespace: NAMESPACE, name: `map-${round}` })
    }
    const final = await current()
    await expect
      .poll(() => Object.fromEntries(told.present), { timeout: 20_000 })
      .toEqual(final)
    await informer.stop()
    expect(told.mistakes).toEqual([])
  }, 60_000)

  test('is told that a version is too old, and lists anew', async () => {
    await write('map-0', 0)
    await cluster.killApiServer()
    // What changed before its start, a server does not remember.
    await cluster.restartApiServer()
    expect(await firstEvent('1')).toMatchObject({
      type: 'ERROR',
      object: { code: 410, reason: 'Expired' },
    })
  })
})

/** The first event of a watch from a version. */
function firstEvent(resourceVersion: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  const tell = (type: string, object: unknown) => resolve({ type, object })
  new Watch(config).watch(PATH, { resourceVersion }, tell, reject).catch(reject)
  return promise
}

test('Virtdeck’s own informer goes on after the API server was killed and started again', async () => {
  const told = new Told()
  const informer = new Informer<KubernetesObject>({
    client: cluster.client,
    resource: RESOURCES.configMaps,
    namespace: NAMESPACE,
  })
  informer.subscribe({
    onAdd: (object) => told.add(object),
    onUpdate: (object) => told.update(object),
    onDelete: (object) => told.delete(object),
  })
  informer.start()
  onTestFinished(() => informer.stop())
  for (const round of [0, 1, 2, 3]) {
    await Promise.all(NAMES.map((name) => write(name, round)))
    await core.deleteNamespacedConfigMap({ namespace: NAMESPACE, name: `map-${round}` })
    await cluster.killApiServer()
    await cluster.restartApiServer()
  }
  const final = await current()
  await expect.poll(() => Object.fromEntries(told.present), { timeout: 20_000 }).toEqual(final)
  expect(told.mistakes).toEqual([])
}, 60_000)
