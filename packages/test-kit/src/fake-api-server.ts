import {
  apiVersionOf,
  KubernetesClient,
  RESOURCES,
  StatusError,
  statusErrors,
  type KubernetesObject,
  type ResourceRef,
  type Transport,
  type TransportRequest,
  type TransportResponse,
} from '@virtdeck/kubernetes'
import { mergePatch, strategicMergePatch } from './fake-patches.ts'
import { FakeStore, type StoredKey } from './fake-store.ts'
import { select, WatchFeed } from './fake-watch.ts'

const VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
]

/**
 * A Kubernetes API in memory, behind a client's transport: get, list, watch, create, update,
 * merge and strategic patches, delete, status, binding and finalize, with optimistic concurrency
 * and finalizers. It has no schemas, no defaults and no admission.
 */
export class FakeApiServer {
  /** Every writing request, as `POST /api/v1/…`. */
  readonly writes: string[] = []
  readonly client: KubernetesClient
  readonly #resources: ResourceRef[]
  readonly #store = new FakeStore()
  #isDown = false

  constructor(resources: ResourceRef[] = Object.values(RESOURCES)) {
    this.#resources = resources
    this.client = new KubernetesClient(this.transport)
  }

  /** Puts objects in as they are, with metadata filled in. */
  seed(resource: ResourceRef, ...objects: KubernetesObject[]): void {
    for (const object of objects) this.#store.create(this.#keyOf(resource, object), object)
  }

  find(resource: ResourceRef, name: string, namespace = ''): KubernetesObject | undefined {
    return this.#store.get({ resource, namespace, name })
  }

  list<T extends KubernetesObject>(resource: ResourceRef): T[] {
    return this.#store.list(resource) as T[]
  }

  /** From now on nobody can reach it, and open watches break. */
  goDown(): void {
    this.#isDown = true
    this.#store.notify()
  }

  comeBack(): void {
    this.#isDown = false
  }

  readonly transport: Transport = (request) => {
    if (this.#isDown) return Promise.reject(new Error('connect ECONNREFUSED'))
    try {
      if (request.method !== 'GET') this.writes.push(`${request.method} ${request.path}`)
      return Promise.resolve(this.#answer(request))
    } catch (error) {
      if (!(error instanceof StatusError)) return Promise.reject(error)
      return Promise.resolve(json(error.status, error.code))
    }
  }

  #answer(request: TransportRequest): TransportResponse {
    const url = new URL(request.path, 'http://fake')
    const discovery = this.#discover(url.pathname)
    if (discovery) return json(discovery)
    const { key, subresource } = this.#parse(url.pathname)
    const body = request.body === undefined ? {} : (JSON.parse(request.body) as object)
    switch (request.method) {
      case 'GET':
        return key.name === '' ? this.#collection(key, url, request) : json(this.#existing(key))
      case 'POST':
        return json(
          subresource === 'binding' ? this.#bind(key, body) : this.#create(key, body),
          201,
        )
      case 'PUT':
        return json(this.#store.replace(key, body, subresource))
      case 'PATCH':
        return json(this.#patch(key, body, { subresource, headers: request.headers ?? {} }))
      case 'DELETE':
        return json(this.#delete(key, body))
      default:
        throw statusErrors.methodNotAllowed()
    }
  }

  #discover(path: string): object | undefined {
    const groups = [...new Set(this.#resources.map((resource) => apiVersionOf(resource)))]
    if (path === '/apis') {
      const named = groups.filter((group) => group.includes('/'))
      return {
        groups: named.map((groupVersion) => ({
          name: groupVersion.split('/')[0],
          preferredVersion: { groupVersion },
        })),
      }
    }
    const groupVersion = path.replace(/^\/apis?\//, '')
    if (!groups.includes(groupVersion)) return undefined
    const own = this.#resources.filter((resource) => apiVersionOf(resource) === groupVersion)
    const resources = own.map(({ resource, kind, namespaced }) => ({
      name: resource,
      kind,
      namespaced,
      verbs: VERBS,
    }))
    return { groupVersion, resources }
  }

  #parse(path: string): { key: StoredKey; subresource: string | undefined } {
    const [api, ...segments] = path.split('/').filter(Boolean).map(decodeURIComponent)
    const group = api === 'api' ? '' : (segments.shift() ?? '')
    segments.shift()
    const namespaced = segments[0] === 'namespaces' && segments.length > 2
    const ofNamespace = ['finalize', 'status'].includes(segments[2] ?? '')
    const namespace = namespaced && !ofNamespace ? (segments.splice(0, 2)[1] ?? '') : ''
    const [plural = '', name = '', subresource] = segments
    const resource = this.#resources.find(
      (candidate) => candidate.group === group && candidate.resource === plural,
    )
    if (!resource) throw statusErrors.noSuchResource()
    return { key: { resource, namespace, name }, subresource }
  }

  #keyOf(resource: ResourceRef, { metadata }: KubernetesObject): StoredKey {
    const namespace = resource.namespaced ? (metadata?.namespace ?? 'default') : ''
    return { resource, namespace, name: metadata?.name ?? '' }
  }

  #existing(key: StoredKey): KubernetesObject {
    const object = this.#store.get(key)
    if (!object) throw statusErrors.notFound(key.resource, key.name)
    return object
  }

  #collection(
    { resource, namespace }: StoredKey,
    url: URL,
    { signal }: TransportRequest,
  ): TransportResponse {
    const matches = select(url.searchParams, namespace)
    if (url.searchParams.get('watch') === 'true') {
      const from = Number(url.searchParams.get('resourceVersion') ?? 0)
      const feed = new WatchFeed(this.#store, { resource, from, matches, signal })
      const broken = () => this.#isDown
      return { ...json({}), chunks: () => feed.lines(broken) }
    }
    return json({
      kind: `${resource.kind}List`,
      apiVersion: apiVersionOf(resource),
      metadata: { resourceVersion: String(this.#store.version) },
      items: this.#store.list(resource).filter((object) => matches(object)),
    })
  }

  #create(key: StoredKey, object: KubernetesObject): KubernetesObject {
    return this.#store.create({ ...key, name: object.metadata?.name ?? '' }, object)
  }

  #bind(key: StoredKey, body: object): KubernetesObject {
    const { target } = body as { target: { name: string } }
    const pod = this.#existing(key)
    const { nodeName } = (pod.spec ?? {}) as { nodeName?: string }
    if (nodeName) throw statusErrors.conflict(key.resource, key.name, 'already assigned')
    const changed = { ...pod, spec: { ...(pod.spec as object), nodeName: target.name } }
    this.#store.replace(key, changed, undefined)
    return { kind: 'Status', apiVersion: 'v1', metadata: {} }
  }

  #patch(
    key: StoredKey,
    patch: object,
    options: { subresource: string | undefined; headers: Record<string, string> },
  ): KubernetesObject {
    const type = options.headers['content-type'] ?? ''
    const apply = type.includes('strategic') ? strategicMergePatch : mergePatch
    if (type.includes('json-patch')) throw statusErrors.unsupportedMediaType(type)
    const { metadata } = patch as KubernetesObject
    const object = apply(this.#existing(key), patch) as KubernetesObject
    const { resourceVersion } = metadata ?? {}
    const guarded = { ...object, metadata: { ...object.metadata } }
    if (resourceVersion === undefined) delete guarded.metadata.resourceVersion
    return this.#store.replace(key, guarded, options.subresource)
  }

  #delete(key: StoredKey, options: object): KubernetesObject {
    if (key.name !== '') return this.#store.delete(key, options)
    for (const object of this.#store.list(key.resource)) {
      const own = this.#keyOf(key.resource, object)
      if (own.namespace === key.namespace) this.#store.delete(own, options)
    }
    return { kind: 'Status', apiVersion: 'v1', metadata: {} }
  }
}

function json(body: object, status = 200): TransportResponse {
  const text = JSON.stringify(body)
  return {
    status,
    headers: { 'content-type': 'application/json' },
    text: () => Promise.resolve(text),
    chunks: async function* () {
      yield await Promise.resolve(text)
    },
  }
}
