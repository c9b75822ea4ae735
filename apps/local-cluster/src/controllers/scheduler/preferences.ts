import { matchesLabels, type LabelRequirement } from '@virtdeck/kubernetes'
import type { Node, Pod } from '../informers.ts'
import { isNear, type PlacedPod } from './affinity.ts'

/** How much a pod would like a node, by what it prefers and does not insist on. */
export function preferenceFor(pod: Pod, node: Node, placed: readonly PlacedPod[]): number {
  const { nodeAffinity, podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {}
  let score = 0
  for (const {
    weight,
    preference,
  } of nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
    const { matchExpressions = [], matchFields = [] } = preference
    const labels = node.metadata?.labels ?? {}
    const fields = { 'metadata.name': node.metadata?.name ?? '' }
    const fits =
      matchExpressions.length + matchFields.length > 0 &&
      matchesLabels(matchExpressions as LabelRequirement[], labels) &&
      matchesLabels(matchFields as LabelRequirement[], fields)
    if (fits) score += weight
  }
  const near = (term: Parameters<typeof isNear>[0]['term']): boolean =>
    placed.some((other) => isNear({ term, of: pod, node, other }))
  for (const {
    weight,
    podAffinityTerm,
  } of podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
    if (near(podAffinityTerm)) score += weight
  }
  for (const {
    weight,
    podAffinityTerm,
  } of podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []) {
    if (near(podAffinityTerm)) score -= weight
  }
  return score
}
