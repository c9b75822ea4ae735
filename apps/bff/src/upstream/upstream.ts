import type { Readable } from 'node:stream'
import { KubernetesClient, type Transport } from '@virtdeck/kubernetes'
import { Agent, type Dispatcher } from 'undici'
import { BffError } from '../errors.ts'
import { authorizationOf, tlsFor } from './authentication.ts'
import type { Credentials } from './credentials.ts'
import { dialUpgrade, type UpgradeResult } from './dial-upgrade.ts'
import { dialWebSocket, type StreamResult } from './dial-web-socket.ts'
import type { OwnCredentials, OwnIdentity } from './own-identity.ts'

export interface UpstreamRequest {
  credentials: Credentials
  method: Dispatcher.HttpMethod
  /** Path with query, starting with `/`. */
  path: string
  headers?: Record<string, string>
  body?: string | Readable | null
  signal?: AbortSignal | undefined
}

/** The one place that dials the cluster's API server. */
export class Upstream {
  readonly #identity: OwnIdentity
  readonly #dispatchers = new Map<string, Agent>()

  constructor(identity: OwnIdentity) {
    this.#identity = identity
  }

  get clusterName(): string {
    return this.#identity.clusterName
  }

  /** The namespace of the BFF's own kubeconfig context. */
  get namespace(): string | undefined {
    return this.#identity.namespace
  }

  /** Sends a request and streams its answer, whatever its status; rejects when unreachable. */
  async request(request: UpstreamRequest): Promise<Dispatcher.ResponseData> {
    try {
      return await this.#send(request)
    } catch (error) {
      throw request.signal?.aborted ? error : unreachable(error)
    }
  }

  async #send(request: UpstreamRequest): Promise<Dispatcher.ResponseData> {
    const { credentials, method, path, headers, body = null, signal } = request
    const own = await this.#identity.credentials()
    return this.#dispatcher(tlsFor(credentials, own)).request({
      origin: this.#identity.server.origin,
      method,
      path: this.#prefix + path,
      headers: { ...headers, ...authorizationOf(credentials, own) },
      body,
      ...(signal && { signal }),
    })
  }

  /**
   * A typed client with somebody's credentials. `onResponse` hears of every answer, which
   * is how one learns that a silent watch stands.
   */
  client(credentials: Credentials, onResponse?: (status: number) => void): KubernetesClient {
    const transport: Transport = async (request) => {
      const response = await this.#send({ credentials, ...request })
      onResponse?.(response.statusCode)
      const headers: Record<string, string> = {}
      for (const [name, value] of Object.entries(response.headers)) {
        if (value !== undefined) headers[name] = String(value)
      }
      return {
        status: response.statusCode,
        headers,
        text: () => response.body.text(),
        chunks: () => response.body.setEncoding('utf8') as AsyncIterable<string>,
      }
    }
    return new KubernetesClient(transport)
  }

  /** Asks for a WebSocket and hands over its raw socket, or the refusal. */
  async upgrade(request: {
    credentials: Credentials
    path: string
    headers: Record<string, string>
  }): Promise<UpgradeResult> {
    const { credentials, path } = request
    try {
      const own = await this.#identity.credentials()
      return await dialUpgrade({
        server: this.#identity.server,
        path: this.#prefix + path,
        headers: { ...request.headers, ...authorizationOf(credentials, own) },
        tls: tlsFor(credentials, own),
      })
    } catch (error) {
      throw unreachable(error)
    }
  }

  /** Opens a WebSocket of the cluster as a stream of bytes, or tells the refusal. */
  async openStream(request: {
    credentials: Credentials
    path: string
    protocol: string
  }): Promise<StreamResult> {
    const { credentials, path, protocol } = request
    try {
      const own = await this.#identity.credentials()
      return await dialWebSocket({
        server: this.#identity.server,
        path: this.#prefix + path,
        headers: authorizationOf(credentials, own),
        tls: tlsFor(credentials, own),
        protocol,
      })
    } catch (error) {
      throw unreachable(error)
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((agent) => agent.destroy()))
  }

  /** Kubernetes behind a gateway such as Rancher's has a path of its own. */
  get #prefix(): string {
    return this.#identity.server.pathname.replace(/\/$/, '')
  }

  #dispatcher(tls: OwnCredentials['tls']): Agent {
    const key = JSON.stringify(tls)
    let agent = this.#dispatchers.get(key)
    if (!agent) {
      // Watches stay silent for long; the server ends them, not a timeout here.
      agent = new Agent({
        bodyTimeout: 0,
        headersTimeout: 60_000,
        connect: { timeout: 5_000, ...tls },
      })
      this.#dispatchers.set(key, agent)
    }
    return agent
  }
}

function unreachable(cause: unknown): BffError {
  const why = cause instanceof Error ? cause.message || cause.name : String(cause)
  return new BffError('ClusterUnreachable', {
    message: `The cluster cannot be reached: ${why}`,
    cause,
  })
}
