import type { IncomingMessage, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import { StatusError, statusErrors, type Status } from '@virtdeck/kubernetes'
import { ImpersonationError } from '../access/impersonation.ts'
import { StorageFullError } from '../store/committer.ts'

const compress = promisify(gzip)

/** Like a kube-apiserver: small answers are not worth compressing, and speed beats size. */
const GZIP_FROM = 128 * 1024

export interface Answer {
  status: number
  contentType?: string
  headers?: Record<string, string>
  body?: string | Uint8Array
}

/** A refusal in plain text, from those parts of a cluster that know no Status. */
export class PlainTextError extends Error {
  override name = 'PlainTextError'
  readonly status: number
  readonly headers: Record<string, string>

  constructor(status: number, text: string, headers: Record<string, string> = {}) {
    super(text)
    this.status = status
    this.headers = headers
  }
}

/** A path that nothing serves. */
export class PageNotFoundError extends PlainTextError {
  override name = 'PageNotFoundError'

  constructor() {
    super(404, '404 page not found\n', { 'X-Content-Type-Options': 'nosniff' })
  }
}

/** The `Warning` header of one message. */
export function warningHeader(message: string): string {
  return `299 - "${message.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
): Promise<void> {
  const { status, contentType, headers = {}, body } = answer
  response.statusCode = status
  response.setHeader('Cache-Control', 'no-cache, private')
  if (contentType !== undefined) response.setHeader('Content-Type', contentType)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  if (body === undefined) {
    response.setHeader('Content-Length', '0')
    response.end()
    return
  }
  let bytes = typeof body === 'string' ? Buffer.from(body) : body
  const accepted = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (accepted && bytes.length > GZIP_FROM && !response.hasHeader('Content-Encoding')) {
    bytes = await compress(bytes, { level: constants.Z_BEST_SPEED })
    response.setHeader('Content-Encoding', 'gzip')
    response.setHeader('Vary', 'Accept-Encoding')
  }
  response.setHeader('Content-Length', String(bytes.length))
  response.end(request.method === 'HEAD' ? undefined : bytes)
}

/** The Status that tells of an error; unforeseen ones become a 500 without details. */
export function statusOf(error: unknown): Status {
  if (error instanceof StatusError) return error.status
  if (error instanceof StorageFullError) {
    return statusErrors.other(507, 'InternalError', `The write was refused: ${error.message}.`)
      .status
  }
  return statusErrors.internal(error instanceof Error ? error.message : String(error)).status
}

export async function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): Promise<void> {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error instanceof PlainTextError) {
    await send(request, response, {
      status: error.status,
      contentType: 'text/plain; charset=utf-8',
      headers: error.headers,
      body: error.message,
    })
    return
  }
  if (error instanceof ImpersonationError) {
    const text = `Internal Server Error: ${JSON.stringify(request.url)}: ${error.message}\n`
    await send(request, response, {
      status: 500,
      contentType: 'text/plain; charset=utf-8',
      headers: { 'X-Content-Type-Options': 'nosniff' },
      body: text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    })
    return
  }
  const status = statusOf(error)
  const headers: Record<string, string> =
    status.details?.retryAfterSeconds === undefined
      ? {}
      : { 'Retry-After': String(status.details.retryAfterSeconds) }
  await send(request, response, {
    status: status.code ?? 500,
    contentType: 'application/json',
    headers,
    body: JSON.stringify(status),
  })
}
