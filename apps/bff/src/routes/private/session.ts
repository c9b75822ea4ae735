import { privateRoutes, session } from '@virtdeck/bff-contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { describeSession } from '../../identity/describe-session.ts'
import { sessionOf } from '../../plugins/session.ts'
import type { Upstream } from '../../upstream/upstream.ts'

export const sessionRoutes: FastifyPluginAsyncZod<{ upstream: Upstream }> = async (
  app,
  { upstream },
) => {
  /** Who is signed in → Session; 401 when nobody is. */
  app.get(privateRoutes.session, { schema: { response: { 200: session } } }, async (request) =>
    describeSession(sessionOf(request), upstream),
  )

  /** Signs out → 204; sockets of the session close. */
  app.delete(privateRoutes.session, async (request, reply) => {
    app.sessions.end(request, reply, sessionOf(request))
    return reply.code(204).send()
  })
}
