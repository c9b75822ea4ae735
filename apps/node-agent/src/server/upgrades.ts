import { STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { StatusError, statusErrors } from '@virtdeck/kubernetes'
import { messageOf } from '../log.ts'

/** A request to turn the connection into something else, before it is answered. */
export interface Upgrade {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
}

/** Answers an upgrade with an error, as ordinary HTTP. */
export function refuseUpgrade(socket: Duplex, error: unknown): void {
  const { code, status } =
    error instanceof StatusError ? error : statusErrors.internal(messageOf(error))
  const body = JSON.stringify(status)
  socket.end(
    [
      `HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}`,
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
