import { parseQuantity } from '@virtdeck/kubernetes'
import type { Informer } from '@virtdeck/kubernetes'
import type { Pod } from '../informers.ts'

/** Amounts by resource name, in base units. */
export type Amounts = Map<string, number>

/** What a pod asks of its node: containers together, or the largest init container. */
export function requestsOf({ spec }: Pod): Amounts {
  const total: Amounts = new Map([['pods', 1]])
  for (const { resources } of spec?.containers ?? []) {
    for (const [name, quantity] of Object.entries(resources?.requests ?? {})) {
      total.set(name, (total.get(name) ?? 0) + (parseQuantity(String(quantity)) ?? 0))
    }
  }
  for (const { resources } of spec?.initContainers ?? []) {
    for (const [name, quantity] of Object.entries(resources?.requests ?? {})) {
      const amount = parseQuantity(String(quantity)) ?? 0
      if (amount > (total.get(name) ?? 0)) total.set(name, amount)
    }
  }
  return total
}

const isOver = ({ status }: Pod): boolean =>
  status?.phase === 'Succeeded' || status?.phase === 'Failed'

interface Placement {
  node: string
  requests: Amounts
  pod: Pod
}

/**
 * What is already promised on each node, kept up to date pod by pod so that placing one costs the
 * number of nodes and not the number of pods. A pod counts from the moment it is assigned, before
 * the API server says so.
 */
export class NodeUsage {
  readonly #placements = new Map<string, Placement>()
  readonly #used = new Map<string, Amounts>()

  constructor(pods: Informer<Pod>) {
    const take = (pod: Pod): void => {
      const node = pod.spec?.nodeName
      if (isOver(pod)) this.release(pod)
      else if (node) this.assign(pod, node)
    }
    pods.subscribe({ onAdd: take, onUpdate: take, onDelete: (pod) => this.release(pod) })
  }

  on(node: string): Amounts {
    return this.#used.get(node) ?? new Map()
  }

  podsOn(node: string): Pod[] {
    return [...this.#placements.values()]
      .filter((placement) => placement.node === node)
      .map(({ pod }) => pod)
  }

  isAssigned({ metadata }: Pod): boolean {
    return this.#placements.has(metadata?.uid ?? '')
  }

  assign(pod: Pod, node: string): void {
    const uid = pod.metadata?.uid ?? ''
    if (this.#placements.get(uid)?.node === node) return
    this.release(pod)
    const requests = requestsOf(pod)
    this.#placements.set(uid, { node, requests, pod })
    this.#add(node, requests, 1)
  }

  release({ metadata }: Pod): void {
    const uid = metadata?.uid ?? ''
    const placement = this.#placements.get(uid)
    if (!placement) return
    this.#placements.delete(uid)
    this.#add(placement.node, placement.requests, -1)
  }

  #add(node: string, requests: Amounts, sign: 1 | -1): void {
    const used = this.#used.get(node) ?? new Map<string, number>()
    for (const [name, amount] of requests) {
      used.set(name, (used.get(name) ?? 0) + sign * amount)
    }
    this.#used.set(node, used)
  }
}
