import { pipeline } from 'node:stream/promises'
import { privateRoutes } from '@virtdeck/bff-contract'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { BffError } from '../../errors.ts'
import { sessionOf } from '../../plugins/session.ts'
import type { Upstream } from '../../upstream/upstream.ts'
import { requestHeadersFor, responseHeadersFor } from './kubernetes-headers.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** A segment that some server on the way could take for another path. */
const SUSPICIOUS_PATH = /\/\.{1,2}(\/|$)|\/\/|\\|%2e|%2f|%5c|%00/i

/**
 * `/api/kubernetes/*`: any request to the API server with the user's own credentials,
 * streamed both ways and never held in memory. What the cluster answers, Status included,
 * comes back as it is. 400 for paths with tricks, 502 when the cluster is not reached.
 */
export const kubernetesProxy: FastifyPluginAsync<{ upstream: Upstream }> = async (
  app,
  { upstream },
) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, _payload, done) => done(null))

  app.route({
    method: METHODS,
    url: `${privateRoutes.kubernetes}/*`,
    exposeHeadRoute: false,
    handler: async (request, reply) => {
      const abort = new AbortController()
      reply.raw.once('close', () => abort.abort())
      const response = await upstream.request({
        credentials: sessionOf(request).credentials,
        method: request.method,
        path: upstreamPath(request),
        headers: requestHeadersFor(request.headers),
        body: hasBody(request) ? request.raw : null,
        signal: abort.signal,
      })
      // Past Fastify, because it holds headers back until there is a body, and a watch
      // may have nothing to say for minutes.
      const own = reply.getHeaders() as Record<string, string | string[]>
      reply.hijack()
      reply.raw.writeHead(response.statusCode, {
        ...own,
        ...responseHeadersFor(response.headers),
      })
      reply.raw.flushHeaders()
      await pipeline(response.body, reply.raw).catch((error: unknown) => {
        request.log.debug({ err: error }, 'proxied answer ended early')
      })
    },
  })
}

function upstreamPath({ raw }: FastifyRequest): string {
  const url = raw.url ?? ''
  const [path = ''] = url.split('?', 1)
  const encodedPrefix = !path.startsWith(`${privateRoutes.kubernetes}/`)
  if (encodedPrefix || SUSPICIOUS_PATH.test(path)) throw new BffError('InvalidPath')
  return url.slice(privateRoutes.kubernetes.length)
}

const hasBody = ({ method, headers }: FastifyRequest) =>
  method !== 'GET' &&
  method !== 'HEAD' &&
  (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0)
