import { matchesLabels, requirementsOf } from '@virtdeck/kubernetes'
import type { Node, Pod } from '../informers.ts'
import { matchesNode, type PlacedPod } from './affinity.ts'

type Constraint = NonNullable<NonNullable<Pod['spec']>['topologySpreadConstraints']>[number]

const MISMATCH = "node(s) didn't match pod topology spread constraints"

/** Judges nodes by how evenly a pod's kind is spread; made once for all nodes. */
export function topologySpread(
  pod: Pod,
  nodes: readonly Node[],
  placed: readonly PlacedPod[],
): (node: Node) => string | undefined {
  const constraints = (pod.spec?.topologySpreadConstraints ?? [])
    .filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule')
    .map((constraint) => ({ constraint, counts: countsOf(constraint, { pod, nodes, placed }) }))
  return (node) => {
    for (const { constraint, counts } of constraints) {
      const domain = node.metadata?.labels?.[constraint.topologyKey]
      if (domain === undefined) return `${MISMATCH} (missing required label)`
      const own = isMeant(constraint, pod, pod) ? 1 : 0
      const skew = (counts.get(domain) ?? 0) + own - Math.min(...counts.values())
      if (skew > constraint.maxSkew) return MISMATCH
    }
    return undefined
  }
}

/** How many such pods there are in each domain that the pod could go to. */
function countsOf(
  constraint: Constraint,
  { pod, nodes, placed }: { pod: Pod; nodes: readonly Node[]; placed: readonly PlacedPod[] },
): Map<string, number> {
  const counts = new Map<string, number>()
  for (const node of nodes) {
    const domain = node.metadata?.labels?.[constraint.topologyKey]
    if (domain !== undefined && matchesNode(pod, node)) counts.set(domain, 0)
  }
  for (const { pod: other, node } of placed) {
    const domain = node?.metadata?.labels?.[constraint.topologyKey] ?? ''
    const count = counts.get(domain)
    if (count === undefined || other.metadata?.deletionTimestamp) continue
    if (isMeant(constraint, pod, other)) counts.set(domain, count + 1)
  }
  return counts
}

function isMeant({ labelSelector }: Constraint, pod: Pod, other: Pod): boolean {
  if (!labelSelector || other.metadata?.namespace !== pod.metadata?.namespace) return false
  return matchesLabels(requirementsOf(labelSelector), other.metadata?.labels)
}
