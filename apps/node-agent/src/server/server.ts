import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { StatusError, statusErrors } from '@virtdeck/kubernetes'
import { messageOf } from '../log.ts'
import type { NodeNetwork } from '../network/node-network.ts'
import { nodeNameOf } from '../network/node-peers.ts'
import { CREATED_BY_LABEL } from '../pods.ts'
import { prometheusText } from '../stats/prometheus.ts'
import type { StatsReader } from '../stats/stats.ts'
import { Consoles } from './consoles.ts'
import { readContainerLog } from './container-logs.ts'
import { INSTANCES, type GuestLookup } from './guest-lookup.ts'

export interface ServerOptions {
  /** PEM. Clients show a certificate of this authority: the API server and other nodes. */
  tls: { ca: string; cert: string; key: string }
  port: number
  lookup: GuestLookup
  stats: StatsReader
  network: NodeNetwork
  findPod: (key: string) => Pod | undefined
  directoryOf: (uid: string) => string
}

export interface AgentServer {
  port: number
  close: () => Promise<void>
}

const INSTANCE =
  /^\/v1\/namespaces\/([^/]+)\/virtualmachineinstances\/([^/]+)\/([a-z]+(?:\/[a-z]+)?)$/
const LOGS = /^\/containerLogs\/([^/]+)\/([^/]+)\/([^/]+)$/

/** The HTTPS endpoints of virt-handler and kubelet that the API server passes requests on to. */
export async function startServer(options: ServerOptions): Promise<AgentServer> {
  const consoles = new Consoles(options.lookup)
  const { tls, port } = options
  const server = createServer(
    { ...tls, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      if (nodeNameOf(request.socket) !== undefined) {
        response.writeHead(403).end()
        return
      }
      handle(options, request, response).catch((error: unknown) => fail(response, error))
    },
  )
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    if (options.network.accept(request, socket, head)) return
    void consoles.handle({ request, socket, head })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    port: portOf(server),
    close: async () => {
      consoles.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function portOf(server: Server): number {
  const address = server.address()
  return address !== null && typeof address === 'object' ? address.port : 0
}

async function handle(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://agent')
  if (pathname === '/healthz') {
    response.end('ok')
    return
  }
  if (pathname === '/stats') {
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(await options.stats.read()))
    return
  }
  if (pathname === '/metrics') {
    response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
    response.end(prometheusText(await options.stats.read()))
    return
  }
  const logs = LOGS.exec(pathname)
  if (logs) {
    const [, namespace = '', pod = '', container = ''] = logs
    await sendLog(options, { namespace, pod, container, searchParams }, response)
    return
  }
  const [, namespace = '', name = '', action = ''] = INSTANCE.exec(pathname) ?? []
  if (request.method === 'GET' && action === 'vnc/screenshot') {
    const picture = await options.lookup.running(namespace, name).guest.screenshot()
    response.setHeader('content-type', 'image/png')
    response.end(picture)
    return
  }
  if (request.method === 'PUT') {
    await act(options.lookup, { namespace, name, action })
    response.end()
    return
  }
  throw statusErrors.noSuchResource()
}

async function act(
  lookup: GuestLookup,
  { namespace, name, action }: { namespace: string; name: string; action: string },
): Promise<void> {
  const conflict = (message: string) => statusErrors.conflict(INSTANCES, name, message)
  const running = () => lookup.running(namespace, name)
  switch (action) {
    case 'pause':
      if (running().guest.paused) throw conflict('VMI is already paused')
      return running().guest.pause()
    case 'unpause':
      if (!running().guest.paused) throw conflict('VMI is not paused')
      return running().guest.resume()
    case 'softreboot':
      if (running().guest.paused) throw conflict('VMI is paused')
      return running().guest.softReboot()
    case 'reset':
      return running().guest.reset()
    default:
      throw statusErrors.noSuchResource()
  }
}

interface LogRequest {
  namespace: string
  pod: string
  container: string
  searchParams: URLSearchParams
}

async function sendLog(
  { findPod, directoryOf }: ServerOptions,
  { namespace, pod, container, searchParams }: LogRequest,
  response: ServerResponse,
): Promise<void> {
  const found = findPod(`${namespace}/${pod}`)
  const uid = found?.metadata?.labels?.[CREATED_BY_LABEL]
  if (uid === undefined) throw statusErrors.notFound({ group: '', resource: 'pods' }, pod)
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const tail = searchParams.get('tailLines')
  response.setHeader('content-type', 'text/plain; charset=utf-8')
  response.flushHeaders()
  const log = readContainerLog({
    directory: directoryOf(uid),
    container,
    follow: searchParams.get('follow') === 'true',
    tailLines: tail === null ? undefined : Number(tail),
    signal: gone.signal,
  })
  await pipeline(Readable.from(log), response)
}

function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  const { code, status } =
    error instanceof StatusError ? error : statusErrors.internal(messageOf(error))
  response.writeHead(code, { 'content-type': 'application/json' })
  response.end(JSON.stringify(status))
}
