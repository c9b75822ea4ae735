import { privateRoutes, session } from '@virtdeck/bff-contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { describeSession, type SessionSurroundings } from '../../identity/describe-session.ts'
import { sessionOf } from '../../plugins/session.ts'

export const sessionRoutes: FastifyPluginAsyncZod<SessionSurroundings> = async (
  app,
  surroundings,
) => {
  /** Who is signed in → Session; 401 when nobody is. */
  app.get(privateRoutes.session, { schema: { response: { 200: session } } }, async (request) =>
    describeSession(sessionOf(request), surroundings),
  )

  /** Signs out → 204; sockets of the session close. */
  app.delete(privateRoutes.session, async (request, reply) => {
    app.sessions.end(request, reply, sessionOf(request))
    return reply.code(204).send()
  })
}
