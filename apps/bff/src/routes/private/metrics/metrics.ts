import {
  latestMetrics,
  latestMetricsRequest,
  metricsHistory,
  metricsHistoryParameters,
  metricsHistoryQuery,
  privateRoutes,
  type AccessCheck,
  type LatestMetrics,
} from '@virtdeck/bff-contract'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { forbidden, type AccessReviews } from '../../../access/access-reviews.ts'
import type { UserSession } from '../../../identity/session.ts'
import { stepSecondsOf } from '../../../metrics/history.ts'
import type { MetricsService } from '../../../metrics/metrics-service.ts'
import { sessionOf } from '../../../plugins/session.ts'

interface MetricsRoutesOptions {
  metrics: MetricsService
  access: AccessReviews
}

/** What VMs use, for those who may read the VMs, whoever collects it. */
export const metricsRoutes: FastifyPluginAsyncZod<MetricsRoutesOptions> = async (
  app,
  { metrics, access },
) => {
  app.get(
    '/api/metrics/history/:namespace/:name',
    {
      schema: {
        params: metricsHistoryParameters,
        querystring: metricsHistoryQuery,
        response: { 200: metricsHistory },
      },
    },
    async (request) => {
      const session = sessionOf(request)
      const { namespace, name } = request.params
      const { range } = request.query
      const check = readCheck(namespace, name)
      if (!(await mayRead(access, session, check))) throw forbidden(session, check)
      const collector = await metrics.collectorFor(session.credentials, namespace)
      const history = collector.histories.get(`${namespace}/${name}`)
      return {
        ...collector.origin,
        stepSeconds: stepSecondsOf(range),
        ...(history?.since !== undefined && { collectedSince: history.since }),
        samples: history?.samples(range, Date.now()) ?? [],
      }
    },
  )

  app.post(
    privateRoutes.latestMetrics,
    {
      schema: { body: latestMetricsRequest, response: { 200: latestMetrics } },
      config: { audit: false },
    },
    async (request) => {
      const session = sessionOf(request)
      const answer: LatestMetrics = { samples: {} }
      await Promise.all(
        request.body.virtualMachines.map(async (key) => {
          const [namespace = '', name = ''] = key.split('/')
          if (!(await mayRead(access, session, readCheck(namespace, name)))) return
          const collector = await metrics.collectorFor(session.credentials, namespace)
          Object.assign(answer, collector.origin)
          const latest = collector.histories.get(key)?.latest
          if (latest && Date.now() - latest.time < FRESH_MS) answer.samples[key] = latest
        }),
      )
      return answer
    },
  )
}

/** A VM that has been silent for longer is taken not to run. */
const FRESH_MS = 60_000

function readCheck(namespace: string, name: string): AccessCheck {
  const group = 'kubevirt.io'
  return { verb: 'get', group, resource: 'virtualmachineinstances', namespace, name }
}

/** First for the whole namespace, which is one question for many VMs; then for the one. */
async function mayRead(
  access: AccessReviews,
  session: UserSession,
  check: AccessCheck,
): Promise<boolean> {
  const { name: _, ...whole } = check
  const { allowed } = await access.check(session, whole)
  return allowed || (await access.check(session, check)).allowed
}
