import { request, type RequestOptions } from 'node:https'

export interface TestRequest {
  /** `admin`, `developer`, or null for nobody; `admin` unless told. */
  as?: string | null
  headers?: Record<string, string>
  /** Sent as JSON unless it is a string. */
  body?: unknown
  type?: string
}

export interface TestAnswer {
  status: number
  headers: Record<string, string | string[] | undefined>
  text: string
  /** The body as JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- answers have no common type
  json: any
}

export type Send = (method: string, path: string, options?: TestRequest) => Promise<TestAnswer>

/** Where an API server is, and how to show oneself to it. */
export interface TestServer {
  url: string
  caCertificate: string
  tokenOf: (user: string) => string
}

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : JSON.stringify(body)

/** What Node.js needs to send a request to the server. */
export function requestOptions(
  server: TestServer,
  method: string,
  options: TestRequest,
): RequestOptions {
  const { as = 'admin', headers = {}, type = 'application/json', body } = options
  return {
    method,
    ca: server.caCertificate,
    agent: false,
    headers: {
      ...(as === null ? {} : { authorization: `Bearer ${server.tokenOf(as)}` }),
      // Node.js frames the body of a DELETE only if it is told the length.
      ...(body === undefined
        ? {}
        : { 'content-type': type, 'content-length': Buffer.byteLength(textOf(body)) }),
      ...headers,
    },
  }
}

/** Sends one request and reads its whole answer. */
export function sendTo(
  server: TestServer,
  method: string,
  path: string,
  options: TestRequest = {},
): Promise<TestAnswer> {
  const { body } = options
  return new Promise((resolve, reject) => {
    const outgoing = request(
      server.url + path,
      requestOptions(server, method, options),
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            json: /^[[{]/.test(text) && !text.includes('\n') ? JSON.parse(text) : undefined,
          })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body === undefined ? undefined : textOf(body))
  })
}
