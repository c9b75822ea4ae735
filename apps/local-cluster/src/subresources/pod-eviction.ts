import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { refuseDisruption } from './disruption-budgets.ts'
import { interceptEviction } from './launcher-eviction.ts'
import { podOf, PODS } from './pod-containers.ts'
import type { SubresourceHandler } from './subresource.ts'

interface Eviction {
  metadata?: { name?: string }
  deleteOptions?: {
    gracePeriodSeconds?: number
    propagationPolicy?: string
    dryRun?: string[]
  }
}

const CREATED = {
  status: 201,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 },
}

/** `kubectl drain`: a deletion that admission and disruption budgets may refuse. */
export const podEviction: SubresourceHandler = {
  ...PODS,
  versions: ['v1'],
  subresource: 'eviction',
  scope: 'object',
  namespaced: true,
  methods: ['POST'],
  discovery: { kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
  handle: async (request) => {
    const { namespace, name, services } = request
    const { metadata, deleteOptions = {} } = ((await request.body()) ?? {}) as Eviction
    if (metadata?.name !== undefined && metadata.name !== name) {
      throw statusErrors.badRequest('name in URL does not match name in Eviction object')
    }
    const dryRun = request.dryRun || deleteOptions.dryRun?.includes('All') === true
    const pod = podOf(request)
    await interceptEviction(request, { pod, dryRun })
    if (!isGoing(pod)) refuseDisruption(services.objects, pod)
    if (!dryRun) {
      const { gracePeriodSeconds, propagationPolicy } = deleteOptions
      await services.objects.delete(
        { ...PODS, namespace, name },
        {
          ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
          ...(propagationPolicy === undefined ? {} : { propagationPolicy }),
        },
      )
    }
    return CREATED
  },
}

/** Budgets protect what works: not what has ended, has not begun or is on its way out. */
function isGoing({ metadata, status }: Pod): boolean {
  const { phase = 'Pending' } = status ?? {}
  return phase !== 'Running' || metadata?.deletionTimestamp !== undefined
}
