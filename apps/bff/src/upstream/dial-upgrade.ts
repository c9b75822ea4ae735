import { request as requestHttp, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { Duplex } from 'node:stream'
import type { OwnCredentials } from './own-identity.ts'

export type UpgradeResult =
  | { upgraded: true; socket: Duplex; head: Buffer; headers: IncomingMessage['headers'] }
  | { upgraded: false; status: number; body: string }

export interface DialOptions {
  server: URL
  path: string
  headers: Record<string, string>
  tls: OwnCredentials['tls']
}

const DIAL_TIMEOUT_MS = 15_000
const REFUSAL_LIMIT_BYTES = 64 * 1024

/** Node's own client, because it gives away the raw socket behind a 101. */
export function dialUpgrade({
  server,
  path,
  headers,
  tls,
}: DialOptions): Promise<UpgradeResult> {
  const dial = server.protocol === 'http:' ? requestHttp : requestHttps
  return new Promise((resolve, reject) => {
    const request = dial({
      ...tls,
      host: server.hostname.replace(/^\[|\]$/g, ''),
      port: server.port || (server.protocol === 'http:' ? 80 : 443),
      path,
      headers: { ...headers, connection: 'Upgrade', upgrade: 'websocket' },
      agent: false,
    })
    request.setTimeout(DIAL_TIMEOUT_MS, () => request.destroy(new Error('no answer in time')))
    request.on('error', reject)
    request.on('upgrade', (response, socket, head) => {
      socket.setTimeout(0)
      resolve({ upgraded: true, socket, head, headers: response.headers })
    })
    request.on('response', (response) => {
      void readRefusal(response).then(
        (body) => resolve({ upgraded: false, status: response.statusCode ?? 502, body }),
        reject,
      )
    })
    request.end()
  })
}

export async function readRefusal(response: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) {
    body += String(chunk)
    if (body.length > REFUSAL_LIMIT_BYTES) break
  }
  return body
}
