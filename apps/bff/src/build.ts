import Fastify, { LogController, type FastifyInstance } from 'fastify'
import type { DestinationStream } from 'pino'
import { app, type AppOptions } from './app.ts'
import { loggerOptions } from './plugins/logging.ts'

/** Long bearer tokens travel in several cookies. */
const MAX_HEADER_BYTES = 64 * 1024

/** Makes the server, ready to listen or to be tested. */
export async function buildServer(
  options: AppOptions,
  logStream?: DestinationStream,
): Promise<FastifyInstance> {
  const server = Fastify({
    logger: {
      ...loggerOptions,
      level: options.config.logLevel,
      ...(logStream && { stream: logStream }),
    },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => crypto.randomUUID(),
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    // Open watches and sockets must not hold up the end.
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 2_000 },
  })
  await server.register(app, options)
  return server
}
