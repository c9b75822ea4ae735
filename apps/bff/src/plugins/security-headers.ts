import fastifyHelmet from '@fastify/helmet'
import fastifyPlugin from 'fastify-plugin'
import type { Config } from '../config.ts'

export const securityHeadersPlugin = fastifyPlugin<Pick<Config, 'trustedOrigins'>>(
  async (app, { trustedOrigins }) => {
    // Answers are of the moment and some are secret; files that may be kept say so.
    app.addHook('onRequest', async (_request, reply) => {
      reply.header('cache-control', 'no-store')
    })
    const behindHttps = trustedOrigins.some((origin) => origin.startsWith('https:'))
    await app.register(fastifyHelmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          // xterm and Monaco write <style> elements of their own (colours, cursor, metrics).
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          fontSrc: ["'self'", 'data:'],
          // Sockets of the same origin are 'self' in every browser that we support.
          connectSrc: ["'self'"],
          // Monaco starts its language workers from blobs.
          workerSrc: ["'self'", 'blob:'],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      strictTransportSecurity: behindHttps,
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
    })
  },
  { name: 'security-headers' },
)
