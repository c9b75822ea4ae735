import type { IncomingMessage, ServerResponse } from 'node:http'
import { Writable, type Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'

const NORMAL = 1000
const server = new WebSocketServer({ noServer: true, handleProtocols: () => false })

/**
 * The response of a watch over a WebSocket: each line is a text frame. It stands in for the
 * response of Node.js, of which a watch uses no more than is here.
 */
class SocketResponse extends Writable {
  statusCode = 200
  headersSent = false
  #socket: WebSocket | undefined
  readonly #accept: (take: (socket: WebSocket) => void) => void

  constructor(accept: (take: (socket: WebSocket) => void) => void) {
    super()
    this.#accept = accept
  }

  setHeader(): this {
    return this
  }

  appendHeader(): this {
    return this
  }

  /** Now the watch stands: nothing is refused any more. */
  flushHeaders(): void {
    this.headersSent = true
    this.#accept((socket) => {
      this.#socket = socket
      socket.on('close', () => this.destroy())
      socket.on('error', () => this.destroy())
    })
  }

  override _write(chunk: Buffer, _: string, done: (error?: Error | null) => void): void {
    const lines = chunk.toString().split('\n').slice(0, -1)
    const last = lines.pop()
    for (const line of lines) this.#socket?.send(line)
    // What waits in the socket waits here too, so that a slow client is noticed.
    if (last === undefined) done()
    else this.#socket?.send(last, (error) => done(error))
  }

  override _final(done: () => void): void {
    this.#socket?.close(NORMAL)
    done()
  }
}

/** Answers a watch on a connection that is to become a WebSocket. */
export function socketResponse(
  message: IncomingMessage,
  connection: { socket: Duplex; head: Buffer },
): ServerResponse {
  const response = new SocketResponse((take) => {
    server.handleUpgrade(message, connection.socket, connection.head, take)
  })
  return response as unknown as ServerResponse
}
