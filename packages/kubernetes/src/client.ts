import type { KubernetesList, KubernetesObject } from './object.ts'
import { pathOf, type PathTarget, type ResourceRef } from './resources.ts'
import { isStatus, statusErrors, StatusError } from './status.ts'
import type { Transport, TransportRequest, TransportResponse } from './transport.ts'
import { readWatchEvents, type WatchEvent } from './watch.ts'

export interface ListOptions {
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  limit?: number | undefined
  continue?: string | undefined
  resourceVersion?: string | undefined
  signal?: AbortSignal | undefined
}

export interface WatchOptions extends ListOptions {
  allowBookmarks?: boolean
  /** Seconds after which the server ends the watch. */
  timeoutSeconds?: number
}

export type PatchType = 'merge' | 'json' | 'strategic' | 'apply'

const PATCH_CONTENT_TYPE: Record<PatchType, string> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
}

export interface PatchOptions {
  type?: PatchType
  subresource?: string
  fieldManager?: string
  force?: boolean
  dryRun?: boolean
}

export interface DeleteOptions {
  propagationPolicy?: 'Background' | 'Foreground' | 'Orphan'
  gracePeriodSeconds?: number
  preconditions?: { uid?: string; resourceVersion?: string }
}

type Query = Record<string, string | number | boolean | undefined>

function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The target of an existing object. */
const targetOf = (object: KubernetesObject, subresource?: string): PathTarget => ({
  namespace: object.metadata?.namespace,
  name: object.metadata?.name ?? '',
  subresource,
})

/**
 * A typed client of the Kubernetes API over any transport. Every method rejects with
 * StatusError: the server's own Status, or code 0 when the server could not be reached.
 */
export class KubernetesClient {
  readonly #transport: Transport

  constructor(transport: Transport) {
    this.#transport = transport
  }

  /**
   * The same client under another program's name (or one for each path), as it stands in the
   * managed fields of what is written.
   */
  sendingAs(program: string | ((path: string) => string)): KubernetesClient {
    return new KubernetesClient((request) => {
      const name = typeof program === 'string' ? program : program(request.path)
      return this.#transport({
        ...request,
        headers: { 'user-agent': name, ...request.headers },
      })
    })
  }

  /** Sends any request; answers of 400 and above become a StatusError. */
  async request(request: TransportRequest): Promise<TransportResponse> {
    let response: TransportResponse
    try {
      response = await this.#transport(request)
    } catch (cause) {
      if (request.signal?.aborted) throw cause
      const reason = cause instanceof Error ? cause.message : String(cause)
      const error = statusErrors.other(
        0,
        'Unreachable',
        `cannot reach the API server: ${reason}`,
      )
      error.cause = cause
      throw error
    }
    if (response.status >= 400) throw await errorOf(response)
    return response
  }

  async #json<T>(request: TransportRequest): Promise<T> {
    const response = await this.request({
      ...request,
      headers: { accept: 'application/json', ...request.headers },
    })
    return JSON.parse(await response.text()) as T
  }

  #write<T>(method: 'POST' | 'PUT', path: string, body: unknown): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    return this.#json<T>({ method, path, headers, body: JSON.stringify(body) })
  }

  get<T extends KubernetesObject>(resource: ResourceRef, target: PathTarget): Promise<T> {
    return this.#json<T>({ method: 'GET', path: pathOf(resource, target) })
  }

  /** One page of a list; its items carry the `apiVersion` and `kind` that lists leave out. */
  async list<T extends KubernetesObject>(
    resource: ResourceRef,
    options: ListOptions = {},
  ): Promise<KubernetesList<T>> {
    const { namespace, signal, ...query } = options
    const path = withQuery(pathOf(resource, { namespace }), { ...query })
    const list = await this.#json<KubernetesList<T>>({ method: 'GET', path, signal })
    const { apiVersion, kind } = list
    const itemKind = kind?.replace(/List$/, '')
    // In front, where people expect them when they read the object as YAML.
    const items = (list.items ?? []).map((item) => ({
      ...(apiVersion && { apiVersion }),
      ...(itemKind && { kind: itemKind }),
      ...item,
    }))
    return { ...list, items }
  }

  /** The pages of a whole list, 500 items each, for those who need not hold it at once. */
  async *listPages<T extends KubernetesObject>(
    resource: ResourceRef,
    options: ListOptions = {},
  ): AsyncGenerator<KubernetesList<T>, void, undefined> {
    let page = await this.list<T>(resource, { limit: 500, ...options })
    yield page
    for (let next = continueOf(page); next; next = continueOf(page)) {
      page = await this.list<T>(resource, {
        limit: 500,
        ...options,
        resourceVersion: undefined,
        continue: next,
      })
      yield page
    }
  }

  /** The whole list, fetched in pages; its resourceVersion is the first page's. */
  async listAll<T extends KubernetesObject>(
    resource: ResourceRef,
    options: ListOptions = {},
  ): Promise<KubernetesList<T>> {
    let first: KubernetesList<T> | undefined
    const items: T[] = []
    for await (const page of this.listPages<T>(resource, options)) {
      first ??= page
      items.push(...page.items)
    }
    return { ...(first ?? { metadata: {} }), items }
  }

  create<T extends KubernetesObject>(resource: ResourceRef, object: T): Promise<T> {
    const namespace = object.metadata?.namespace
    return this.#write<T>('POST', pathOf(resource, { namespace }), object)
  }

  update<T extends KubernetesObject>(resource: ResourceRef, object: T): Promise<T> {
    return this.#write<T>('PUT', pathOf(resource, targetOf(object)), object)
  }

  updateStatus<T extends KubernetesObject>(resource: ResourceRef, object: T): Promise<T> {
    return this.#write<T>('PUT', pathOf(resource, targetOf(object, 'status')), object)
  }

  patch<T extends KubernetesObject>(
    resource: ResourceRef,
    target: PathTarget,
    patch: unknown,
    options: PatchOptions = {},
  ): Promise<T> {
    const { type = 'merge', subresource, fieldManager, force, dryRun } = options
    const path = withQuery(pathOf(resource, { ...target, subresource }), {
      fieldManager,
      force,
      dryRun: dryRun ? 'All' : undefined,
    })
    const headers = { 'content-type': PATCH_CONTENT_TYPE[type] }
    return this.#json<T>({ method: 'PATCH', path, headers, body: JSON.stringify(patch) })
  }

  async delete(
    resource: ResourceRef,
    target: PathTarget,
    options: DeleteOptions = {},
  ): Promise<void> {
    const body = JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', ...options })
    const headers = { 'content-type': 'application/json' }
    await this.#json({ method: 'DELETE', path: pathOf(resource, target), headers, body })
  }

  /**
   * The events of a watch until the server ends it or `signal` aborts it. An ERROR event
   * (such as 410 Expired) is thrown as StatusError.
   */
  async *watch<T extends KubernetesObject>(
    resource: ResourceRef,
    options: WatchOptions = {},
  ): AsyncGenerator<WatchEvent<T>, void, undefined> {
    const { namespace, signal, allowBookmarks, ...query } = options
    const path = withQuery(pathOf(resource, { namespace }), {
      ...query,
      watch: true,
      allowWatchBookmarks: allowBookmarks,
    })
    const headers = { accept: 'application/json' }
    const response = await this.request({ method: 'GET', path, headers, signal })
    yield* readWatchEvents<T>(response.chunks())
  }
}

/** `continue` is renamed `_continue` in the generated ListMeta; the wire says `continue`. */
function continueOf(list: KubernetesList): string | undefined {
  return (list.metadata as { continue?: string }).continue
}

async function errorOf(response: TransportResponse): Promise<StatusError> {
  const error = await statusErrorOf(response)
  const seconds = Number(response.headers['retry-after'])
  // The header is the rule, also of proxies that know no Status; a date there is not in use.
  if (seconds > 0) {
    error.status.details = { retryAfterSeconds: seconds, ...error.status.details }
  }
  return error
}

async function statusErrorOf(response: TransportResponse): Promise<StatusError> {
  const text = await response.text()
  try {
    const body: unknown = JSON.parse(text)
    if (isStatus(body)) return new StatusError({ ...body, code: body.code ?? response.status })
  } catch {
    // Some answers of virt-api are plain text: their text is the message.
  }
  return statusErrors.other(response.status, '', text.trim() || `HTTP ${response.status}`)
}
