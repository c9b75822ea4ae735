import type {
  IoK8sApiCoreV1Pod as Pod,
  IoK8sApiPolicyV1PodDisruptionBudget as PodDisruptionBudget,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { matchesLabels, requirementsOf, statusErrors } from '@virtdeck/kubernetes'
import { PODS } from './pod-containers.ts'
import type { ObjectAccess } from './subresource.ts'

/** Throws 429 if a budget would be violated. What it allows is counted when somebody asks. */
export function refuseDisruption(objects: ObjectAccess, pod: Pod): void {
  const namespace = pod.metadata?.namespace
  const budgets = objects
    .list({ group: 'policy', resource: 'poddisruptionbudgets', namespace })
    .map((object) => object as PodDisruptionBudget)
    .filter((budget) => covers(budget, pod))
  const [budget] = budgets
  if (!budget) return
  if (budgets.length > 1) {
    throw statusErrors.internal(
      'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    )
  }
  const pods = objects
    .list({ ...PODS, namespace })
    .map((object) => object as Pod)
    .filter((one) => covers(budget, one))
  const healthy = pods.filter(isHealthy).length
  const needed = neededOf(budget, pods.length)
  if (!isHealthy(pod) || healthy > needed) return
  const message = `The disruption budget ${budget.metadata?.name} needs ${needed} healthy pods and has ${healthy} currently`
  throw statusErrors.other(
    429,
    'TooManyRequests',
    "Cannot evict pod as it would violate the pod's disruption budget.",
    { causes: [{ reason: 'DisruptionBudget', message }] },
  )
}

function covers({ spec }: PodDisruptionBudget, { metadata }: Pod): boolean {
  // A budget without a selector covers nothing; an empty selector everything.
  return !!spec?.selector && matchesLabels(requirementsOf(spec.selector), metadata?.labels)
}

function isHealthy({ metadata, status }: Pod): boolean {
  const ready = status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True')
  return ready === true && metadata?.deletionTimestamp === undefined
}

function neededOf({ spec }: PodDisruptionBudget, expected: number): number {
  const { minAvailable, maxUnavailable } = spec ?? {}
  if (maxUnavailable !== undefined)
    return Math.max(0, expected - countOf(maxUnavailable, expected))
  return minAvailable === undefined ? 0 : countOf(minAvailable, expected)
}

/** A number, or a percentage of the pods, rounded up. */
function countOf(value: number | string, expected: number): number {
  const percentage = /^(\d+)%$/.exec(String(value))?.[1]
  if (percentage === undefined) return Number(value)
  return Math.ceil((Number(percentage) * expected) / 100)
}
