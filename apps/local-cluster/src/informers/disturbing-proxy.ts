import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http'
import { request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Transform } from 'node:stream'

/** What happens to one request on its way. */
export type Disturbance =
  /** The connection breaks after so many bytes of the answer. */
  | { kind: 'cut'; after: number }
  /** The answer ends as if it were complete. */
  | { kind: 'end'; after: number }
  /** Nothing more arrives, and the connection stays. */
  | { kind: 'silence'; after: number }
  /** The client takes little at a time. */
  | { kind: 'slow' }
  /** The request never reaches the server. */
  | { kind: 'status'; code: number; retryAfter?: number }
  /** A watch whose version the server no longer has. */
  | { kind: 'expired' }

export interface Upstream {
  url: string
  ca: string
}

/** Stands between a client and the API server and does what networks do. */
export class DisturbingProxy {
  /** Answers what happens to the next watch (or list); undefined: nothing. */
  disturb: (asked: { watch: boolean }) => Disturbance | undefined = () => undefined
  /** How many requests were disturbed. */
  disturbed = 0
  readonly #upstream: () => Upstream
  readonly #server = createServer((incoming, response) => this.#answer(incoming, response))

  constructor(upstream: () => Upstream) {
    this.#upstream = upstream
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }

  #answer(incoming: IncomingMessage, response: ServerResponse): void {
    const watch = /[?&]watch=/.test(incoming.url ?? '')
    const disturbance = this.disturb({ watch })
    if (disturbance !== undefined) this.disturbed += 1
    if (disturbance?.kind === 'status') {
      const { code, retryAfter } = disturbance
      const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
      response.writeHead(code, headers).end('not now')
      return
    }
    if (disturbance?.kind === 'expired') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(
        `${JSON.stringify({ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } })}\n`,
      )
      return
    }
    this.#forward(incoming, response, disturbance)
  }

  #forward(
    incoming: IncomingMessage,
    response: ServerResponse,
    disturbance: Exclude<Disturbance, { kind: 'status' | 'expired' }> | undefined,
  ): void {
    const { url, ca } = this.#upstream()
    const headers: OutgoingHttpHeaders = { ...incoming.headers }
    delete headers.host
    // What is cut shall be lines, not a compressed stream.
    delete headers['accept-encoding']
    const options = { method: incoming.method, headers, ca, agent: false as const }
    const outgoing = request(url + incoming.url, options, (answer) => {
      const { connection: _, 'transfer-encoding': __, ...others } = answer.headers
      response.writeHead(answer.statusCode ?? 502, others)
      response.flushHeaders()
      answer.on('error', () => response.destroy())
      if (disturbance === undefined) {
        answer.pipe(response)
        return
      }
      if (disturbance.kind === 'slow') {
        answer.pipe(slowly()).pipe(response)
        return
      }
      let left = disturbance.after
      answer.on('data', (chunk: Buffer) => {
        const part = chunk.subarray(0, left)
        left -= part.length
        const last = left === 0
        if (part.length > 0) response.write(part)
        if (!last) return
        answer.removeAllListeners('data').pause()
        // A moment later, so that what was written before arrives.
        if (disturbance.kind === 'cut') setImmediate(() => response.destroy())
        if (disturbance.kind === 'end') response.end()
      })
      answer.on('end', () => response.end())
    })
    outgoing.on('error', () => response.destroy())
    response.on('close', () => outgoing.destroy())
    incoming.pipe(outgoing)
  }
}

/** Lets a kilobyte pass at a time, and keeps none. */
function slowly(): Transform {
  return new Transform({
    highWaterMark: 1_024,
    transform: (chunk, _, done) => void setTimeout(() => done(null, chunk), 5),
  })
}
