import type { FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import type { LoggerOptions } from 'pino'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** False for requests that write nothing in spite of their method. */
    audit?: boolean
  }
}

const SECRET_FIELDS = ['token', 'code', 'authorization', 'cookie', 'set-cookie', 'password']

/** Logs neither headers nor bodies nor queries; should some code do so, secrets are removed. */
export const loggerOptions: LoggerOptions = {
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: { level: (label) => ({ level: label }) },
  redact: {
    paths: SECRET_FIELDS.flatMap((field) => [
      `["${field}"]`,
      `*["${field}"]`,
      `*.*["${field}"]`,
    ]),
    remove: true,
  },
  serializers: {
    req: (request: FastifyRequest) => ({ method: request.method, path: pathOf(request) }),
    res: (reply: { statusCode: number }) => ({ status: reply.statusCode }),
  },
}

const READ_ONLY_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? ''

/** Questions are asked by POST, too; they change nothing. */
const isWrite = ({ method, routeOptions }: FastifyRequest) =>
  !READ_ONLY_METHODS.has(method) && routeOptions.config.audit !== false

/** A line for every request that failed and, as an audit trail, for every write. */
export const loggingPlugin = fastifyPlugin(
  async (app) => {
    app.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', request.id)
    })
    app.addHook('onResponse', async (request, reply) => {
      const line = {
        method: request.method,
        path: pathOf(request),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        ...(request.userSession && { user: request.userSession.user.name }),
      }
      if (isWrite(request)) request.log.info({ audit: true, ...line }, 'write')
      else if (reply.statusCode >= 500) request.log.warn(line, 'request failed')
      else request.log.debug(line, 'request')
    })
  },
  { name: 'logging' },
)
