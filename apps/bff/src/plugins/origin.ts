import type { IncomingHttpHeaders } from 'node:http'
import fastifyPlugin from 'fastify-plugin'
import { isLoopback, type Config } from '../config.ts'
import { BffError } from '../errors.ts'

const READ_ONLY_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

declare module 'fastify' {
  interface FastifyInstance {
    /** Throws unless the page that made the request is this console's. */
    requireOwnOrigin: (headers: IncomingHttpHeaders) => void
  }
}

/**
 * State-changing requests and sockets need an Origin that matches: browsers send it with
 * all of them and pages cannot forge it, so no other page can act with the user's session.
 */
export const originPlugin = fastifyPlugin<Pick<Config, 'host' | 'trustedOrigins'>>(
  async (app, { host, trustedOrigins }) => {
    app.decorate('requireOwnOrigin', (headers) => {
      const origin = parseOrigin(headers.origin)
      if (origin && trustedOrigins.includes(origin.origin)) return
      // On loopback a name other than this machine's is DNS rebinding.
      const rebound = isLoopback(host) && origin && !isLoopback(origin.hostname)
      if (origin && isSameHost(origin, headers.host) && !rebound) return
      throw new BffError('OriginRefused')
    })
    app.addHook('onRequest', async (request) => {
      if (!READ_ONLY_METHODS.has(request.method)) app.requireOwnOrigin(request.headers)
    })
  },
  { name: 'origin' },
)

function parseOrigin(header: string | undefined): URL | undefined {
  return header !== undefined && URL.canParse(header) ? new URL(header) : undefined
}

/** With the origin's scheme, so that `console.example:443` is `https://console.example`. */
function isSameHost(origin: URL, host = ''): boolean {
  const asked = `${origin.protocol}//${host}`
  return URL.canParse(asked) && new URL(asked).host === origin.host
}
