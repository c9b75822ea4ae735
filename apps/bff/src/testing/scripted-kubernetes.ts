import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { AccessCheck } from '@virtdeck/bff-contract'
import {
  keyOf,
  pathOf,
  statusErrors,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'

export interface ReceivedRequest {
  method: string
  url: string
  headers: IncomingMessage['headers']
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

interface Watch {
  address: URL
  response: ServerResponse
}

interface Change {
  version: number
  path: string
  type: 'ADDED' | 'MODIFIED' | 'DELETED'
  object: KubernetesObject
}

/**
 * A small Kubernetes API over real HTTP: lists and watches of what a test puts in, tokens,
 * access reviews, and whatever else a test scripts.
 */
export class ScriptedKubernetes {
  readonly requests: ReceivedRequest[] = []
  /** User by token. */
  readonly tokens = new Map<string, string>()
  /** What users may do; everything unless a test says otherwise. */
  allow: (user: string, check: AccessCheck) => boolean = () => true
  /** By `METHOD /path`, before anything else is looked at. */
  readonly handlers = new Map<string, Handler>()
  onUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void = (_, socket) =>
    socket.destroy()

  readonly #objects = new Map<string, Map<string, KubernetesObject>>()
  readonly #watches = new Set<Watch>()
  readonly #changes: Change[] = []
  #server: Server | undefined
  #port = 0
  #version = 100

  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => void this.#answer(request, response))
    server.on('upgrade', (request, socket, head) => this.onUpgrade(request, socket, head))
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done))
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
    return this
  }

  /** Goes away as with `kill -9`; `start` brings it back on the same port with its objects. */
  async stop(): Promise<void> {
    this.#watches.clear()
    this.#server?.closeAllConnections()
    await new Promise((done) => this.#server?.close(done))
  }

  /** Creates or changes an object; watchers hear of it. */
  put(resource: ResourceRef, object: KubernetesObject): void {
    const { collection, path } = this.#collection(resource)
    const key = keyOf(object)
    const known = collection.has(key)
    this.#version += 1
    const metadata = {
      uid: `uid-${key}`,
      ...object.metadata,
      resourceVersion: `${this.#version}`,
    }
    const stored = { ...object, metadata }
    collection.set(key, stored)
    this.#emit({ path, type: known ? 'MODIFIED' : 'ADDED', object: stored })
  }

  remove(resource: ResourceRef, key: string): void {
    const { collection, path } = this.#collection(resource)
    const object = collection.get(key)
    collection.delete(key)
    this.#version += 1
    if (object) this.#emit({ path, type: 'DELETED', object })
  }

  #collection(resource: ResourceRef) {
    const path = pathOf(resource)
    const collection = this.#objects.get(path) ?? new Map<string, KubernetesObject>()
    this.#objects.set(path, collection)
    return { collection, path }
  }

  #emit(change: Omit<Change, 'version'>): void {
    const recorded = { ...change, version: this.#version }
    this.#changes.push(recorded)
    for (const watch of this.#watches) tell(watch, recorded)
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request
    this.requests.push({ method, url, headers })
    const address = new URL(url, this.url)
    const handler = this.handlers.get(`${method} ${address.pathname}`)
    if (handler) return handler(request, response)
    const user = this.tokens.get(headers.authorization?.replace('Bearer ', '') ?? '')
    if (user === undefined) return reply(response, statusErrors.unauthorized().status, 401)
    if (address.pathname.endsWith('/selfsubjectreviews')) {
      const userInfo = { username: user, groups: ['system:authenticated'] }
      return reply(response, { kind: 'SelfSubjectReview', status: { userInfo } }, 201)
    }
    if (address.pathname.endsWith('/selfsubjectaccessreviews')) {
      const review = JSON.parse(await readBody(request)) as {
        spec: { resourceAttributes: AccessCheck }
      }
      const allowed = this.allow(user, review.spec.resourceAttributes)
      return reply(response, { ...review, status: { allowed } }, 201)
    }
    return this.#list({ user, address, response })
  }

  #list({ user, address, response }: { user: string; address: URL; response: ServerResponse }) {
    const { collection, resource, namespace, selects } = selectionOf(address)
    const check = { verb: 'list', group: '', resource, ...(namespace && { namespace }) }
    if (!this.allow(user, check)) {
      const { status } = statusErrors.forbidden(check, '', `User "${user}" cannot list it`)
      return reply(response, status, 403)
    }
    const objects = this.#objects.get(collection)
    if (!objects) return reply(response, statusErrors.noSuchResource().status, 404)
    if (address.searchParams.get('watch') === 'true') {
      const watch = { address, response }
      this.#watches.add(watch)
      response.on('close', () => this.#watches.delete(watch))
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
      const since = Number(address.searchParams.get('resourceVersion'))
      for (const change of this.#changes) if (change.version > since) tell(watch, change)
      return
    }
    const metadata = { resourceVersion: String(this.#version) }
    const items = [...objects.values()].filter(selects)
    return reply(response, { kind: 'List', apiVersion: 'v1', metadata, items }, 200)
  }
}

function tell({ address, response }: Watch, { path, type, object }: Change): void {
  const { collection, selects } = selectionOf(address)
  if (collection !== path || !selects(object)) return
  response.write(`${JSON.stringify({ type, object })}\n`)
}

/** Which objects a list or watch is about. */
function selectionOf({ pathname, searchParams }: URL) {
  const match =
    /^(?<root>\/api\/v1|\/apis\/[^/]+\/[^/]+)(?:\/namespaces\/(?<in>[^/]+))?\/(?<what>[^/]+)$/.exec(
      pathname,
    )
  const { root = '', in: namespace, what: resource = '' } = match?.groups ?? {}
  const name = searchParams.get('fieldSelector')?.replace('metadata.name=', '')
  return {
    collection: `${root}/${resource}`,
    resource,
    namespace,
    selects: ({ metadata }: KubernetesObject) =>
      (namespace === undefined || metadata?.namespace === namespace) &&
      (name === undefined || metadata?.name === name),
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request.setEncoding('utf8')) body += String(chunk)
  return body
}

function reply(response: ServerResponse, body: unknown, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}
