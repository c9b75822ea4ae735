import { matchesLabels, requirementsOf, type LabelRequirement } from '@virtdeck/kubernetes'
import type { Node, Pod } from '../informers.ts'

type Affinity = NonNullable<NonNullable<Pod['spec']>['affinity']>
type Terms = NonNullable<
  NonNullable<Affinity['podAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']
>

/** Whether node selector and required node affinity accept the node. */
export function matchesNode({ spec }: Pod, { metadata }: Node): boolean {
  const labels = metadata?.labels ?? {}
  const selected = Object.entries(spec?.nodeSelector ?? {}).every(
    ([key, value]) => labels[key] === value,
  )
  if (!selected) return false
  const terms =
    spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
      ?.nodeSelectorTerms
  if (!terms) return true
  return terms.some(
    ({ matchExpressions = [], matchFields = [] }) =>
      // A term without requirements matches no node.
      matchExpressions.length + matchFields.length > 0 &&
      matchesLabels(matchExpressions as LabelRequirement[], labels) &&
      matchesLabels(matchFields as LabelRequirement[], {
        'metadata.name': metadata?.name ?? '',
      }),
  )
}

export interface PlacedPod {
  pod: Pod
  node: Node | undefined
}

/** Why the pods that already run keep this one from the node; undefined if they do not. */
export function podAffinityProblem(
  pod: Pod,
  node: Node,
  placed: readonly PlacedPod[],
): string | undefined {
  const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {}
  const wanted = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  const near = (terms: Terms, of: Pod, others: readonly PlacedPod[]) =>
    terms.map((term) => others.some((other) => isNear({ term, of, node, other })))
  if (near(wanted, pod, placed).includes(false)) {
    const first = wanted.every((term) => matchesTerm(term, pod, pod))
    const nobody = !placed.some(({ pod: other }) =>
      wanted.some((term) => matchesTerm(term, pod, other)),
    )
    // The first pod of a group that wants to be together goes anywhere.
    if (!(first && nobody)) return "node(s) didn't match pod affinity rules"
  }
  const avoided = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  if (near(avoided, pod, placed).includes(true)) {
    return "node(s) didn't match pod anti-affinity rules"
  }
  const refused = placed.some((other) => {
    const terms =
      other.pod.spec?.affinity?.podAntiAffinity
        ?.requiredDuringSchedulingIgnoredDuringExecution ?? []
    return terms.some(
      (term) =>
        matchesTerm(term, other.pod, pod) && sameTopology(term.topologyKey, node, other),
    )
  })
  return refused ? "node(s) didn't satisfy existing pods anti-affinity rules" : undefined
}

/** Whether a placed pod is one that a term means, in the same place as the node. */
export function isNear(options: {
  term: Terms[number]
  of: Pod
  node: Node
  other: PlacedPod
}) {
  const { term, of, node, other } = options
  return matchesTerm(term, of, other.pod) && sameTopology(term.topologyKey, node, other)
}

function matchesTerm(term: Terms[number], of: Pod, other: Pod): boolean {
  const namespaces = term.namespaces?.length ? term.namespaces : [of.metadata?.namespace ?? '']
  if (!namespaces.includes(other.metadata?.namespace ?? '')) return false
  if (!term.labelSelector) return false
  return matchesLabels(requirementsOf(term.labelSelector), other.metadata?.labels)
}

function sameTopology(key: string, node: Node, { node: other }: PlacedPod): boolean {
  const value = node.metadata?.labels?.[key]
  return value !== undefined && other?.metadata?.labels?.[key] === value
}
