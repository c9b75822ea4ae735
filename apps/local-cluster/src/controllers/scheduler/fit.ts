import { parseQuantity } from '@virtdeck/kubernetes'
import type { Node, Pod } from '../informers.ts'
import { matchesNode, podAffinityProblem, type PlacedPod } from './affinity.ts'
import { preferenceFor } from './preferences.ts'
import { topologySpread } from './topology-spread.ts'
import { requestsOf, type Amounts } from './node-usage.ts'

export interface Candidate {
  node: Node
  used: Amounts
}

/** Why a pod cannot go to a node; `helpless` if removing other pods would not help either. */
interface Misfit {
  reasons: string[]
  helpless: boolean
}

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number]
type Toleration = NonNullable<NonNullable<Pod['spec']>['tolerations']>[number]

const UNSCHEDULABLE: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
const NOT_READY: Taint = { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }

export type Choice = { node: string } | { message: string }

/** The node that the pod likes best, and of those the one with the most room, or the scheduler's words why there is none. */
export function chooseNode(
  pod: Pod,
  candidates: readonly Candidate[],
  placed: readonly PlacedPod[] = [],
): Choice {
  if (candidates.length === 0) return { message: 'no nodes available to schedule pods' }
  const misfits: Misfit[] = []
  let best: { name: string; liking: number; room: number } | undefined
  const nodes = candidates.map(({ node }) => node)
  const spread = topologySpread(pod, nodes, placed)
  for (const candidate of candidates) {
    const misfit = misfitOf(pod, candidate, { placed, spread })
    if (misfit) {
      misfits.push(misfit)
      continue
    }
    const room = roomOn(candidate)
    const name = candidate.node.metadata?.name ?? ''
    const liking = preferenceFor(pod, candidate.node, placed) - avoided(pod, candidate.node)
    const better = !best || liking > best.liking || (liking === best.liking && room > best.room)
    if (better) best = { name, liking, room }
  }
  return best ? { node: best.name } : { message: refusal(misfits) }
}

/** `0/2 nodes are available: 1 Insufficient cpu, …`, as kube-scheduler says it. */
function refusal(misfits: readonly Misfit[]): string {
  const none = `0/${misfits.length} nodes are available: `
  const helpless = misfits.filter((misfit) => misfit.helpless).length
  const rest = misfits.length - helpless
  const preemption = [
    ...(rest > 0 ? [`${rest} No preemption victims found for incoming pod`] : []),
    ...(helpless > 0 ? [`${helpless} Preemption is not helpful for scheduling`] : []),
  ]
  const reasons = histogram(misfits.flatMap((misfit) => misfit.reasons))
  return `${none}${reasons}. preemption: ${none}${preemption.toSorted().join(', ')}.`
}

function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .toSorted()
    .join(', ')
}

const helpless = (reason: string): Misfit => ({ reasons: [reason], helpless: true })

/** The first of kube-scheduler's filters that objects, in its order. */
function misfitOf(
  pod: Pod,
  { node, used }: Candidate,
  others: { placed: readonly PlacedPod[]; spread: (node: Node) => string | undefined },
): Misfit | undefined {
  if (node.spec?.unschedulable && !tolerates(pod, UNSCHEDULABLE)) {
    return helpless('node(s) were unschedulable')
  }
  const taint = taintsOf(node).find((candidate) => !tolerates(pod, candidate))
  if (taint) {
    const { key, value = '' } = taint
    return helpless(`node(s) had untolerated taint {${key}: ${value}}`)
  }
  if (!matchesNode(pod, node)) {
    return helpless("node(s) didn't match Pod's node affinity/selector")
  }
  const insufficient = shortages(pod, node, used)
  if (insufficient.length > 0) {
    const { allocatable = {} } = node.status ?? {}
    const never = [...requestsOf(pod)].some(
      ([name, amount]) => amount > amountOf(allocatable, name),
    )
    return { reasons: insufficient, helpless: never }
  }
  const uneven = others.spread(node)
  if (uneven !== undefined) {
    return { reasons: [uneven], helpless: uneven.endsWith('(missing required label)') }
  }
  const affinity = podAffinityProblem(pod, node, others.placed)
  return affinity === undefined ? undefined : { reasons: [affinity], helpless: false }
}

/** Taints that only ask pods to stay away. */
function avoided(pod: Pod, { spec }: Node): number {
  const taints = (spec?.taints ?? []).filter(({ effect }) => effect === 'PreferNoSchedule')
  return 100 * taints.filter((taint) => !tolerates(pod, taint)).length
}

function taintsOf({ spec, status }: Node): Taint[] {
  const taints = (spec?.taints ?? []).filter(({ effect }) => effect !== 'PreferNoSchedule')
  const ready = status?.conditions?.find(({ type }) => type === 'Ready')?.status === 'True'
  // The taint follows the condition; a pod must not slip through in between.
  const known = taints.some(({ key }) =>
    ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].includes(key),
  )
  return ready || known ? taints : [...taints, NOT_READY]
}

function tolerates({ spec }: Pod, taint: Taint): boolean {
  return (spec?.tolerations ?? []).some((toleration: Toleration) => {
    if (toleration.effect && toleration.effect !== taint.effect) return false
    if (!toleration.key) return toleration.operator === 'Exists'
    if (toleration.key !== taint.key) return false
    return toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '')
  })
}

function shortages(pod: Pod, node: Node, used: Amounts): string[] {
  const { allocatable = {} } = node.status ?? {}
  return [...requestsOf(pod)].flatMap(([name, amount]) => {
    if (amount === 0) return []
    if ((used.get(name) ?? 0) + amount <= amountOf(allocatable, name)) return []
    return [name === 'pods' ? 'Too many pods' : `Insufficient ${name}`]
  })
}

const amountOf = (amounts: Record<string, string>, name: string): number =>
  parseQuantity(String(amounts[name] ?? '0')) ?? 0

/** The free share of CPU and memory, on average. */
function roomOn({ node, used }: Candidate): number {
  const { allocatable = {} } = node.status ?? {}
  const free = (name: string): number => {
    const all = amountOf(allocatable, name)
    return all === 0 ? 0 : (all - (used.get(name) ?? 0)) / all
  }
  return (free('cpu') + free('memory')) / 2
}
