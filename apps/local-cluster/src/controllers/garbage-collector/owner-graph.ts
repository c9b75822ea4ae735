import type { KubernetesObject, OwnerReference, ResourceRef } from '@virtdeck/kubernetes'

/** An object as the garbage collector knows it: metadata only. */
export interface GraphNode {
  resource: ResourceRef
  object: KubernetesObject
}

/** Who owns whom, by uid; kept up to date by the informers of all kinds. */
export class OwnerGraph {
  readonly #nodes = new Map<string, GraphNode>()
  readonly #dependents = new Map<string, Set<string>>()

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid)
  }

  dependentsOf(uid: string): GraphNode[] {
    return [...(this.#dependents.get(uid) ?? [])].flatMap((each) => this.#nodes.get(each) ?? [])
  }

  /** The uids of everything that the object owns. */
  dependentUidsOf(uid: string): string[] {
    return [...(this.#dependents.get(uid) ?? [])]
  }

  put(node: GraphNode): void {
    const { uid } = node.object.metadata ?? {}
    if (uid === undefined) return
    this.remove(uid)
    this.#nodes.set(uid, node)
    for (const owner of ownersOf(node)) {
      const dependents = this.#dependents.get(owner.uid) ?? new Set()
      dependents.add(uid)
      this.#dependents.set(owner.uid, dependents)
    }
  }

  remove(uid: string): void {
    const node = this.#nodes.get(uid)
    if (node === undefined) return
    this.#nodes.delete(uid)
    for (const owner of ownersOf(node)) {
      const dependents = this.#dependents.get(owner.uid)
      dependents?.delete(uid)
      if (dependents?.size === 0) this.#dependents.delete(owner.uid)
    }
  }
}

export const ownersOf = ({ object }: GraphNode): OwnerReference[] =>
  object.metadata?.ownerReferences ?? []
