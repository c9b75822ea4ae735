import { ServerResponse, STATUS_CODES, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { statusErrors } from '@virtdeck/kubernetes'
import type { Cluster } from './cluster.ts'
import { dispatch } from './dispatch.ts'
import { admit } from './request-handler.ts'
import { statusOf } from './respond.ts'
import { findSubresource, subresourceRequest } from './subresource-dispatch.ts'
import { socketResponse } from './watch-socket.ts'

/** Writes an error as an HTTP response to a connection that was to be upgraded. */
function refuse(socket: Duplex, error: unknown): void {
  const status = statusOf(error)
  const code = status.code ?? 500
  const body = JSON.stringify(status)
  socket.end(
    `HTTP/1.1 ${code} ${STATUS_CODES[code] ?? ''}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  )
}

const isSocket = ({ headers }: IncomingMessage): boolean =>
  headers.upgrade?.toLowerCase() === 'websocket'

/** Hands upgraded connections (consoles, port forwarding) to the subresource they name. */
export function upgradeHandler(
  cluster: Cluster,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): (message: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void> {
  return async (message, socket, head) => {
    // An unheard error would end the process.
    socket.on('error', () => socket.destroy())
    try {
      const { url, info, user } = admit(cluster, message)
      const handler =
        info.kind === 'resource' ? findSubresource(cluster.subresources, info) : undefined
      if (info.kind === 'resource' && info.verb === 'watch' && isSocket(message)) {
        const definition = cluster.resources.find(info.group, info.resource)
        if (definition === undefined || !definition.versions.includes(info.version)) {
          throw statusErrors.noSuchResource()
        }
        const response = socketResponse(message, { socket, head })
        await dispatch({ cluster, request: message, response, url, info, user, definition })
        return
      }
      if (info.kind === 'path' || handler?.upgrade === undefined) {
        // A server may ignore an offer to upgrade (RFC 9110, 7.8) and just answer.
        const response = new ServerResponse(message)
        response.shouldKeepAlive = false
        response.assignSocket(socket as Socket)
        response.once('finish', () => socket.end())
        await answer(message, response)
        return
      }
      const request = subresourceRequest({
        cluster,
        message,
        response: undefined,
        url,
        info,
        user,
      })
      await handler.upgrade(request, { socket, head })
    } catch (error) {
      if (socket.writable) refuse(socket, error)
    }
  }
}
