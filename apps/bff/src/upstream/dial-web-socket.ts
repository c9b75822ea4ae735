import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocket } from 'ws'
import { readRefusal, type DialOptions } from './dial-upgrade.ts'

export type StreamResult =
  | { opened: true; stream: Duplex }
  | { opened: false; status: number; body: string }

const DIAL_TIMEOUT_MS = 15_000

/** A WebSocket whose binary messages are one stream of bytes, as that of a forwarded port. */
export function dialWebSocket({
  server,
  path,
  headers,
  tls,
  protocol,
}: DialOptions & { protocol: string }): Promise<StreamResult> {
  const url = server.origin.replace(/^http/, 'ws') + path
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [protocol], {
      ...tls,
      headers,
      handshakeTimeout: DIAL_TIMEOUT_MS,
      perMessageDeflate: false,
    })
    socket.on('error', reject)
    socket.on('unexpected-response', (_request, response: IncomingMessage) => {
      void readRefusal(response).then(
        (body) => resolve({ opened: false, status: response.statusCode ?? 502, body }),
        reject,
      )
    })
    // Made before the socket is open: what the other side says at once must not be lost.
    const stream = createWebSocketStream(socket)
    // An error that nobody listens to would end the process; "close" tells the rest.
    stream.on('error', () => {})
    // What is closed there cannot be written to; the stream itself would wait for that.
    stream.once('end', () => stream.destroy())
    socket.once('open', () => resolve({ opened: true, stream }))
  })
}
