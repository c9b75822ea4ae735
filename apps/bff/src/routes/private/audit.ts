import { auditAnswer, auditQuery, privateRoutes } from '@virtdeck/bff-contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { forbidden, type AccessReviews } from '../../access/access-reviews.ts'
import { sessionOf } from '../../plugins/session.ts'

/** GET: who wrote to a VM or opened its consoles through this console, for those who may read the VM; 403 to others. */
export const auditRoutes: FastifyPluginAsyncZod<{ access: AccessReviews }> = async (
  app,
  { access },
) => {
  app.get(
    privateRoutes.audit,
    { schema: { querystring: auditQuery, response: { 200: auditAnswer } } },
    async (request) => {
      const session = sessionOf(request)
      const check = {
        verb: 'get',
        group: 'kubevirt.io',
        resource: 'virtualmachines',
        ...request.query,
      }
      if (!(await access.check(session, check)).allowed) throw forbidden(session, check)
      return app.auditTrail.of(request.query)
    },
  )
}
