import type {
  IoK8sApiCoreV1NodeSelectorRequirement as NodeSelectorRequirement,
  IoK8sApiCoreV1NodeSelectorTerm as NodeSelectorTerm,
  IoK8sApiCoreV1Taint as Taint,
  IoK8sApiCoreV1Toleration as Toleration,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { matchesLabels, parseQuantity, type LabelRequirement } from '@virtdeck/kubernetes'
import type { Node, Pod } from './informers.ts'

type Resources = Record<string, number>

/** Why a node cannot take a pod, in kube-scheduler's words. */
export type Obstacle = string

/** A node with what the pods on it have asked for. */
export interface NodeState {
  node: Node
  requested: Resources
  pods: number
}

const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'

/** The sum of what a pod's containers ask for: cores, bytes, devices. */
export function requestsOf(pod: Pod): Resources {
  const sum: Resources = {}
  for (const { resources } of pod.spec?.containers ?? []) {
    for (const [name, quantity] of Object.entries(resources?.requests ?? {})) {
      sum[name] = (sum[name] ?? 0) + (parseQuantity(quantity) ?? 0)
    }
  }
  return sum
}

/** The first thing that keeps a pod off a node; undefined when it fits. */
export function obstacleOf(pod: Pod, state: NodeState): Obstacle | undefined {
  const { node } = state
  const taints = taintsOf(node)
  if (node.spec?.unschedulable && !isTolerated(cordon, pod)) return 'node(s) were unschedulable'
  const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
  if (ready?.status !== 'True') return 'node(s) were not ready'
  const taint = taints.find(
    (each) => each.effect !== 'PreferNoSchedule' && !isTolerated(each, pod),
  )
  if (taint) {
    const value = taint.value ? `: ${taint.value}` : ': '
    return `node(s) had untolerated taint {${taint.key}${value}}`
  }
  if (!matchesPlacement(pod, node)) return "node(s) didn't match Pod's node affinity/selector"
  return missingResource(pod, state)
}

const cordon: Taint = { key: UNSCHEDULABLE, effect: 'NoSchedule' }

const taintsOf = (node: Node): Taint[] => node.spec?.taints ?? []

function isTolerated(taint: Taint, pod: Pod): boolean {
  return (pod.spec?.tolerations ?? []).some((toleration) => tolerates(toleration, taint))
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) return false
  if (toleration.key && toleration.key !== taint.key) return false
  if (toleration.operator === 'Exists') return true
  return toleration.key !== undefined && (toleration.value ?? '') === (taint.value ?? '')
}

function matchesPlacement(pod: Pod, node: Node): boolean {
  const labels = node.metadata?.labels ?? {}
  const selector = Object.entries(pod.spec?.nodeSelector ?? {})
  if (!selector.every(([key, value]) => labels[key] === value)) return false
  const required =
    pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required === undefined) return true
  return required.nodeSelectorTerms.some((term) => matchesTerm(term, node))
}

function matchesTerm({ matchExpressions, matchFields }: NodeSelectorTerm, node: Node): boolean {
  if (!matchExpressions?.length && !matchFields?.length) return false
  const fields = { 'metadata.name': node.metadata?.name ?? '' }
  return (
    matchesLabels((matchExpressions ?? []).map(requirementOf), node.metadata?.labels ?? {}) &&
    matchesLabels((matchFields ?? []).map(requirementOf), fields)
  )
}

const requirementOf = ({ key, operator, values }: NodeSelectorRequirement) =>
  ({ key, operator, values: values ?? [] }) as LabelRequirement

function missingResource(pod: Pod, { node, requested, pods }: NodeState): Obstacle | undefined {
  const allocatable = node.status?.allocatable ?? {}
  const room = parseQuantity(allocatable['pods'] ?? '110') ?? 110
  if (pods >= room) return 'Too many pods'
  for (const [name, wanted] of Object.entries(requestsOf(pod))) {
    const total = parseQuantity(allocatable[name] ?? '0') ?? 0
    if (wanted > 0 && (requested[name] ?? 0) + wanted > total) return `Insufficient ${name}`
  }
  return undefined
}

/** The node with the most memory left among those that fit: load spreads over the nodes. */
export function chooseNode(pod: Pod, states: NodeState[]): NodeState | undefined {
  const fitting = states.filter((state) => obstacleOf(pod, state) === undefined)
  return fitting.toSorted((a, b) => freeShareOf(b) - freeShareOf(a))[0]
}

function freeShareOf({ node, requested }: NodeState): number {
  const total = parseQuantity(node.status?.allocatable?.['memory'] ?? '0') ?? 0
  return total === 0 ? 0 : 1 - (requested['memory'] ?? 0) / total
}

/** `0/2 nodes are available: 1 Insufficient memory, 1 node(s) were unschedulable. …` */
export function unschedulableMessage(pod: Pod, states: NodeState[]): string {
  if (states.length === 0) return 'no nodes available to schedule pods'
  const counts = new Map<Obstacle, number>()
  for (const state of states) {
    const obstacle = obstacleOf(pod, state) ?? ''
    counts.set(obstacle, (counts.get(obstacle) ?? 0) + 1)
  }
  const reasons = [...counts].map(([obstacle, count]) => `${count} ${obstacle}`).toSorted()
  return `0/${states.length} nodes are available: ${reasons.join(', ')}. preemption: 0/${states.length} nodes are available: ${states.length} Preemption is not helpful for scheduling.`
}
