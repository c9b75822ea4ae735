import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { FastifyBaseLogger } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { WebSocketServer, type WebSocket } from 'ws'
import { BffError, toErrorBody } from '../errors.ts'
import type { UserSession } from '../identity/session.ts'

/** A browser that asks for a WebSocket; its Origin is known to be ours. */
export interface UpgradeContext {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
  url: URL
  params: Record<string, string | undefined>
  /** Browsers hide failed handshakes: accept and close with a code if it is missing. */
  session: UserSession | undefined
  requestId: string
  log: FastifyBaseLogger
  /** Completes the handshake here; a larger message than `maxBytes` ends the socket. */
  accept: (protocol?: string, maxBytes?: number) => Promise<WebSocket>
}

export type UpgradeHandler = (context: UpgradeContext) => Promise<void>

declare module 'fastify' {
  interface FastifyInstance {
    /** Serves WebSockets under a path such as `/api/consoles/:namespace/:name`. */
    onUpgrade: (pathname: string, handler: UpgradeHandler) => void
  }
}

const MAX_MESSAGE_BYTES = 64 * 1024

/**
 * WebSocket routes. Not @fastify/websocket, because consoles splice the raw socket and so
 * must own it before any handshake.
 */
export const upgradesPlugin = fastifyPlugin(
  async (app) => {
    const routes: { pattern: URLPattern; handler: UpgradeHandler }[] = []
    const open = new Set<Duplex>()

    app.decorate('onUpgrade', (pathname, handler) => {
      routes.push({ pattern: new URLPattern({ pathname }), handler })
    })

    const handle = async (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      const requestId = randomUUID()
      const log = app.log.child({ reqId: requestId })
      socket.on('error', (error) => log.debug({ err: error }, 'socket broke'))
      try {
        const url = new URL(`http://localhost${request.url ?? '/'}`)
        const route = routes.find(({ pattern }) => pattern.test(url))
        const match = route?.pattern.exec(url)
        if (!route || !match) throw new BffError('NotFound')
        app.requireOwnOrigin(request.headers)
        open.add(socket)
        socket.once('close', () => open.delete(socket))
        const session = await app.sessions.read(request.headers.cookie)
        const params = decodeParams(match.pathname.groups)
        const accept = (protocol?: string, maxBytes = MAX_MESSAGE_BYTES) =>
          acceptWebSocket({ request, socket, head, protocol, maxBytes })
        await route.handler({
          request,
          socket,
          head,
          url,
          params,
          session,
          requestId,
          log,
          accept,
        })
      } catch (error) {
        const body = toErrorBody(error, requestId)
        log[body.status >= 500 ? 'error' : 'info']({ err: error }, 'upgrade failed')
        refuse(socket, body)
      }
    }
    app.server.on('upgrade', (request, socket, head) => void handle(request, socket, head))
    // HTTP servers wait for such sockets but do not know them.
    app.addHook('preClose', async () => {
      for (const socket of open) socket.destroy()
    })
  },
  { name: 'upgrades', dependencies: ['session', 'origin'] },
)

function decodeParams(groups: Record<string, string | undefined>) {
  try {
    return Object.fromEntries(
      Object.entries(groups).map(([name, value]) => [name, value && decodeURIComponent(value)]),
    )
  } catch {
    throw new BffError('BadRequest')
  }
}

function acceptWebSocket(options: {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
  protocol: string | undefined
  maxBytes: number
}): Promise<WebSocket> {
  const { request, socket, head, protocol, maxBytes } = options
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxBytes,
    // Pages are small and the CPU of the BFF is everybody's: no compression.
    perMessageDeflate: false,
    handleProtocols: (offered) => (protocol && offered.has(protocol) ? protocol : false),
  })
  return new Promise((resolve) => server.handleUpgrade(request, socket, head, resolve))
}

function refuse(socket: Duplex, body: { status: number }): void {
  if (!socket.writable) return
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${body.status} Refused`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
