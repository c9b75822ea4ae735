import { accessAnswer, accessRequest, privateRoutes } from '@virtdeck/bff-contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { AccessReviews } from '../../access/access-reviews.ts'
import { sessionOf } from '../../plugins/session.ts'

export const accessRoutes: FastifyPluginAsyncZod<{ access: AccessReviews }> = async (
  app,
  { access },
) => {
  /** "May I …?" for up to 100 things → answers in the same order, at most 60 s old. */
  app.post(
    privateRoutes.access,
    {
      schema: { body: accessRequest, response: { 200: accessAnswer } },
      config: { audit: false },
    },
    async (request) => {
      const session = sessionOf(request)
      const { checks } = request.body
      return { results: await Promise.all(checks.map((check) => access.check(session, check))) }
    },
  )
}
