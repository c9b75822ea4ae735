import { publicRoutes } from '@virtdeck/bff-contract'
import type { FastifyPluginAsync } from 'fastify'
import { BffError } from '../../errors.ts'
import type { Upstream } from '../../upstream/upstream.ts'

const READY_TIMEOUT_MS = 3_000

export const healthRoutes: FastifyPluginAsync<{ upstream: Upstream }> = async (
  app,
  { upstream },
) => {
  /** 200 while the process works. */
  app.get(publicRoutes.health, async () => ({ status: 'ok' }))

  /** 200 while the cluster answers, whatever it says; 502 when it does not. */
  app.get(publicRoutes.ready, async () => {
    const signal = AbortSignal.timeout(READY_TIMEOUT_MS)
    const request = { credentials: { kind: 'own' }, method: 'GET', path: '/version' } as const
    const response = await upstream.request({ ...request, signal }).catch((cause: unknown) => {
      throw signal.aborted ? new BffError('ClusterUnreachable', { cause }) : cause
    })
    await response.body.dump()
    return { status: 'ok' }
  })
}
