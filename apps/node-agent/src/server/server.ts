import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import { text } from 'node:stream/consumers'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { StatusError, statusErrors } from '@virtdeck/kubernetes'
import { messageOf } from '../log.ts'
import type { NodeNetwork } from '../network/node-network.ts'
import { nodeNameOf } from '../network/node-peers.ts'
import { prometheusText } from '../stats/prometheus.ts'
import type { StatsReader } from '../stats/stats.ts'
import { Consoles } from './consoles.ts'
import { freeze, isGuestAgentReading, readFromAgent, unfreeze } from './guest-agent.ts'
import { INSTANCES, type GuestLookup } from './guest-lookup.ts'
import { openPodPort } from './port-forward/pod-ports.ts'
import { PortForwards } from './port-forward/port-forwards.ts'
import { RemoteCommandSessions } from './remote-command/sessions.ts'
import { sendLog } from './send-log.ts'

export interface ServerOptions {
  /** PEM. Clients show a certificate of this authority: the API server and other nodes. */
  tls: { ca: string; cert: string; key: string }
  port: number
  lookup: GuestLookup
  stats: StatsReader
  network: NodeNetwork
  findPod: (key: string) => Pod | undefined
  directoryOf: (uid: string) => string
  /** Where commands in a pod run; undefined if it is gone. */
  openDirectory: (pod: Pod) => Promise<string | undefined>
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
  const remoteCommands = new RemoteCommandSessions(options)
  const portForwards = new PortForwards({
    findPod: options.findPod,
    openPort: (pod, port) => openPodPort(options.lookup, pod, port),
  })
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
    if (nodeNameOf(request.socket) !== undefined) {
      socket.destroy()
      return
    }
    if (remoteCommands.accept({ request, socket, head })) return
    if (portForwards.accept({ request, socket, head })) return
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
      remoteCommands.close()
      portForwards.close()
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
    const [namespace = '', pod = '', container = ''] = logs.slice(1).map(decodeURIComponent)
    const ref = { namespace, pod, container }
    await sendLog(options, { ref, query: searchParams }, response)
    return
  }
  const [, namespace = '', name = '', action = ''] = INSTANCE.exec(pathname) ?? []
  if (request.method === 'GET' && action === 'vnc/screenshot') {
    const picture = await options.lookup.running(namespace, name).guest.screenshot()
    response.setHeader('content-type', 'image/png')
    response.end(picture)
    return
  }
  if (request.method === 'GET' && isGuestAgentReading(action)) {
    const answer = await readFromAgent(options.lookup.running(namespace, name), action)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(answer))
    return
  }
  if (request.method === 'PUT') {
    const body = await text(request)
    await act(options.lookup, { namespace, name, action, body })
    response.end()
    return
  }
  throw statusErrors.noSuchResource()
}

async function act(
  lookup: GuestLookup,
  { namespace, name, action, body }: Record<'namespace' | 'name' | 'action' | 'body', string>,
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
    case 'freeze':
      return freeze(running(), unfreezeTimeoutOf(body))
    case 'unfreeze':
      return unfreeze(running())
    default:
      throw statusErrors.noSuchResource()
  }
}

function unfreezeTimeoutOf(body: string): string | undefined {
  if (body === '') return undefined
  return (JSON.parse(body) as { unfreezeTimeout?: string }).unfreezeTimeout
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
