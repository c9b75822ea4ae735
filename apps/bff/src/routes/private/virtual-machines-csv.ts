import { Readable } from 'node:stream'
import {
  privateRoutes,
  virtualMachinesSelection,
  type ApiErrorBody,
  type VirtualMachineRow,
  type VirtualMachinesSelection,
} from '@virtdeck/bff-contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { UserSession } from '../../identity/session.ts'
import { sessionOf } from '../../plugins/session.ts'
import type { LiveQueries } from '../../rows/live-queries.ts'
import { virtualMachineCsv } from '../../rows/virtual-machine-csv.ts'

/** All virtual machines that a list would show, page after page, as one file. */
export const virtualMachinesCsvRoute: FastifyPluginAsyncZod<{
  queries: LiveQueries
}> = async (app, { queries }) => {
  app.post(
    privateRoutes.virtualMachinesCsv,
    { schema: { body: virtualMachinesSelection }, config: { audit: false } },
    async (request, reply) => {
      const answer = await rowsNow(queries, sessionOf(request), request.body)
      if ('error' in answer) return reply.code(answer.error.status).send(answer.error)
      reply.header('content-disposition', 'attachment; filename="virtual-machines.csv"')
      reply.type('text/csv; charset=utf-8')
      return reply.send(Readable.from(virtualMachineCsv(answer.rows)))
    },
  )
}

type Answer = { rows: readonly VirtualMachineRow[] } | { error: ApiErrorBody }

/** The first answer of a live query whose page is the whole list. */
function rowsNow(
  queries: LiveQueries,
  session: UserSession,
  selection: VirtualMachinesSelection,
): Promise<Answer> {
  return new Promise((resolve) => {
    const stop = queries.subscribe({
      session,
      query: { kind: 'virtualMachines', ...selection, offset: 0, limit: Infinity },
      ready: () => true,
      send: (frame) => {
        // It may answer before it is known how to stop it.
        queueMicrotask(() => stop())
        if (frame.type === 'error') resolve({ error: frame.error })
        else if (frame.type === 'page') resolve({ rows: frame.rows as VirtualMachineRow[] })
      },
    })
  })
}
