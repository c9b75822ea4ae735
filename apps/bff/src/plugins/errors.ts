import fastifyPlugin from 'fastify-plugin'
import { BffError, toErrorBody } from '../errors.ts'

/** Everything that goes wrong answers an ApiErrorBody; the log has the rest. */
export const errorsPlugin = fastifyPlugin(
  async (app) => {
    app.setErrorHandler((error, request, reply) => {
      const body = toErrorBody(error, request.id)
      const level = body.status >= 500 ? 'error' : 'debug'
      request.log[level]({ err: error }, body.message)
      return reply.code(body.status).header('cache-control', 'no-store').send(body)
    })
    app.setNotFoundHandler((request, reply) => {
      reply.code(404).header('cache-control', 'no-store')
      return reply.send(toErrorBody(new BffError('NotFound'), request.id))
    })
  },
  { name: 'errors' },
)
