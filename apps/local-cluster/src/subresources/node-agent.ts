import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect, type TLSSocket } from 'node:tls'
import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import type { SubresourceRequest, SubresourceServices } from './subresource.ts'

interface Endpoint {
  host: string
  port: number
  nodeName: string
}

/** Where a node's agent listens, from its Node: as an API server finds a kubelet. */
function endpointOf({ objects }: SubresourceServices, nodeName: string): Endpoint {
  const key = { group: '', resource: 'nodes', name: nodeName }
  const { status } = (objects.find(key) ?? {}) as Node
  // The published type calls the wire's `Port` `port`.
  const { kubeletEndpoint } = (status?.daemonEndpoints ?? {}) as {
    kubeletEndpoint?: { Port?: number }
  }
  const port = kubeletEndpoint?.Port ?? 0
  const host = status?.addresses?.find(({ type }) => type === 'InternalIP')?.address
  if (!host || port === 0) {
    throw statusErrors.internal(`the agent of node "${nodeName}" cannot be reached`)
  }
  return { host, port, nodeName }
}

function tlsOptions({ nodeAgentTls }: SubresourceServices, { host, port, nodeName }: Endpoint) {
  return { ...nodeAgentTls, host, port, servername: nodeName }
}

/** Calls a node agent; the answer's body is still to be read. */
export async function callNodeAgent(
  { services, signal }: SubresourceRequest,
  call: { nodeName: string; method: string; path: string; body?: string },
): Promise<IncomingMessage> {
  const { nodeName, method, path, body } = call
  const options = tlsOptions(services, endpointOf(services, nodeName))
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest({ ...options, method, path, signal, agent: false }, resolve)
    outgoing.once('error', (error) => {
      reject(statusErrors.internal(`dialing node agent: ${error.message}`))
    })
    outgoing.end(body)
  })
}

export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Headers that are about the hop to this server. */
const OWN_HEADERS = new Set(['host', 'authorization', 'cookie', 'origin'])

/**
 * Replays the request for an upgrade to the node agent and joins the two connections. No frame is
 * parsed or copied; back-pressure is TCP's.
 */
export async function spliceToNodeAgent(
  request: SubresourceRequest,
  target: { nodeName: string; path: string },
  { socket, head }: { socket: Duplex; head: Buffer },
): Promise<void> {
  const endpoint = endpointOf(request.services, target.nodeName)
  const upstream = await dial(request.services, endpoint)
  const headers = Object.entries(request.headers).flatMap(([name, value]) => {
    if (OWN_HEADERS.has(name) || name.startsWith('impersonate-')) return []
    // The browser's way to send a token is a subprotocol: it is none of the agent's business.
    const text = (Array.isArray(value) ? value.join(', ') : (value ?? '')).replaceAll(
      /base64url\.bearer\.authorization\.k8s\.io\.[^,\s]+,?\s*/g,
      '',
    )
    return [`${name}: ${text}`]
  })
  const lines = [
    `GET ${target.path} HTTP/1.1`,
    `host: ${endpoint.host}:${endpoint.port}`,
    ...headers,
  ]
  upstream.write(`${lines.join('\r\n')}\r\n\r\n`)
  if (head.length > 0) upstream.write(head)
  join(socket, upstream)
}

function dial(services: SubresourceServices, endpoint: Endpoint): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const upstream = connect(tlsOptions(services, endpoint))
    const fail = (error: Error) => {
      reject(statusErrors.internal(`dialing node agent: ${error.message}`))
    }
    upstream.once('error', fail)
    upstream.once('secureConnect', () => {
      upstream.off('error', fail)
      resolve(upstream)
    })
  })
}

function join(client: Duplex, upstream: TLSSocket): void {
  upstream.setNoDelay(true)
  if ('setNoDelay' in client) (client as TLSSocket).setNoDelay(true)
  const close = () => {
    client.destroy()
    upstream.destroy()
  }
  for (const side of [client, upstream]) {
    side.once('error', close)
    side.once('close', close)
  }
  client.pipe(upstream)
  upstream.pipe(client)
}
