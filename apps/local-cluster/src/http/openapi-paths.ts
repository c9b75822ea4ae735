import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Cluster } from './cluster.ts'
import { openApiV2 } from './openapi-v2.ts'
import { send } from './respond.ts'

/** Answers /openapi/v3 and the documents below it, which are kept compressed, and /openapi/v2. */
export async function answerOpenApi(
  cluster: Cluster,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (url.pathname === '/openapi/v2') {
    await send(request, response, { status: 200, ...openApiV2(request.headers.accept) })
    return
  }
  const match = /^\/openapi\/v3(?:\/(.+))?$/.exec(url.pathname.replace(/\/$/, ''))
  const documents = match === null ? undefined : cluster.openApi()
  const path = match?.[1]
  const document = await (path === undefined ? documents?.index() : documents?.document(path))
  if (document === undefined) {
    await send(request, response, {
      status: 404,
      contentType: 'text/plain; charset=utf-8',
      body: '404 page not found\n',
    })
    return
  }
  const { json, gzip, hash } = document
  const etag = `"${hash}"`
  const headers: Record<string, string> = { ETag: etag, Vary: 'Accept-Encoding, Accept' }
  if (request.headers['if-none-match'] === etag) {
    await send(request, response, { status: 304, headers })
    return
  }
  const compressed = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (compressed) headers['Content-Encoding'] = 'gzip'
  await send(request, response, {
    status: 200,
    // The index comes as text/plain from a real API server too.
    contentType: path === undefined ? 'text/plain; charset=utf-8' : 'application/json',
    headers,
    body: compressed ? gzip : json,
  })
}
