import {
  parseApiVersion,
  type KubernetesObject,
  type OwnerReference,
  type PathTarget,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { failedWith, unlessGone, type Controller, type Source } from './controller.ts'
import { whenServed, type ServedResource } from './discovery.ts'
import { OwnerGraph, ownersOf, type GraphNode } from './owner-graph.ts'

const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'

/** Kinds that come and go often and own nothing. */
const IGNORED = new Set(['events', 'leases'])

/**
 * Deletes what has lost all its owners, and carries out foreground and orphan deletions.
 * Works on uids. Source of the rules: kube-controller-manager's garbage collector.
 */
export async function garbageCollector(context: ControllerContext): Promise<Controller> {
  const { client } = context
  const served = await whenServed(client)
  const resources = served.filter(
    ({ resource, verbs }) =>
      !IGNORED.has(resource) &&
      ['list', 'watch', 'delete'].every((verb) => verbs.includes(verb)),
  )
  const graph = new OwnerGraph()

  async function reconcile(uid: string): Promise<void> {
    const node = graph.get(uid)
    if (node === undefined) return
    const { deletionTimestamp, finalizers = [] } = node.object.metadata ?? {}
    if (deletionTimestamp === undefined) return collect(node)
    if (finalizers.includes(ORPHAN)) return orphanDependents(node)
    if (finalizers.includes(FOREGROUND)) return deleteInForeground(node)
  }

  /** Deletes an object whose owners are all gone; forgets the owners that are gone. */
  async function collect(node: GraphNode): Promise<void> {
    const owners = ownersOf(node)
    if (owners.length === 0) return
    const states = await Promise.all(owners.map((owner) => stateOf(owner, node)))
    const solid = owners.filter((_owner, index) => states[index] === 'solid')
    if (solid.length > 0) {
      // Neither an owner that is gone nor one that waits for us to go keeps its reference.
      return solid.length < owners.length ? setOwners(node, solid) : undefined
    }
    const waited = states.includes('waiting') && graph.dependentsOf(uidOf(node)).length > 0
    await unlessGone(
      client.delete(node.resource, targetOf(node), {
        propagationPolicy: waited ? 'Foreground' : 'Background',
        preconditions: { uid: uidOf(node) },
      }),
    )
  }

  /** Whether an owner is there, is waiting for its dependents to go first, or is gone. */
  async function stateOf(
    owner: OwnerReference,
    dependent: GraphNode,
  ): Promise<'solid' | 'waiting' | 'gone'> {
    const known = graph.get(owner.uid)
    const object = known?.object ?? (await readOwner(owner, dependent))
    if (object?.metadata?.uid !== owner.uid) return 'gone'
    const { deletionTimestamp, finalizers = [] } = object.metadata
    return deletionTimestamp && finalizers.includes(FOREGROUND) ? 'waiting' : 'solid'
  }

  /** The caches may be behind: before anything is deleted the server itself is asked. */
  async function readOwner(
    owner: OwnerReference,
    dependent: GraphNode,
  ): Promise<KubernetesObject | undefined> {
    const { group } = parseApiVersion(owner.apiVersion)
    const resource = served.find((each) => each.group === group && each.kind === owner.kind)
    if (resource === undefined) return undefined
    const namespace = resource.namespaced ? dependent.object.metadata?.namespace : undefined
    try {
      return await client.get(resource, { namespace, name: owner.name })
    } catch (error) {
      if (failedWith(error, 404)) return undefined
      throw error
    }
  }

  async function orphanDependents(node: GraphNode): Promise<void> {
    for (const dependent of graph.dependentsOf(uidOf(node))) {
      const kept = ownersOf(dependent).filter(({ uid }) => uid !== uidOf(node))
      await setOwners(dependent, kept)
    }
    await dropFinalizer(node, ORPHAN)
  }

  /** Goes when nothing that blocks it is left; its dependents collect themselves meanwhile. */
  async function deleteInForeground(node: GraphNode): Promise<void> {
    const blocking = graph
      .dependentsOf(uidOf(node))
      .filter((dependent) =>
        ownersOf(dependent).some(
          (owner) => owner.uid === uidOf(node) && owner.blockOwnerDeletion === true,
        ),
      )
    if (blocking.length === 0) await dropFinalizer(node, FOREGROUND)
  }

  async function setOwners(node: GraphNode, ownerReferences: OwnerReference[]): Promise<void> {
    const uid = uidOf(node)
    const patch = { metadata: { uid, ownerReferences } }
    await unlessGone(client.patch(node.resource, targetOf(node), patch))
  }

  async function dropFinalizer(node: GraphNode, finalizer: string): Promise<void> {
    const { finalizers = [], resourceVersion } = node.object.metadata ?? {}
    const kept = finalizers.filter((each) => each !== finalizer)
    const patch = { metadata: { resourceVersion, finalizers: kept } }
    await unlessGone(client.patch(node.resource, targetOf(node), patch))
  }

  return {
    name: 'garbage-collector',
    concurrency: 4,
    sources: resources.map((resource) => graphSource(context, resource, graph)),
    reconcile,
  }
}

const uidOf = ({ object }: GraphNode): string => object.metadata?.uid ?? ''

const targetOf = ({ object }: GraphNode): PathTarget => ({
  namespace: object.metadata?.namespace,
  name: object.metadata?.name ?? '',
})

/** Keeps the graph; a change concerns the object, and its going or beginning to go its relatives. */
function graphSource(
  { informers }: ControllerContext,
  resource: ServedResource,
  graph: OwnerGraph,
): Source {
  const informer = informers.metadataOf(resource)
  // Filled before the first key is worked on, whatever the order of the informers.
  informer.subscribe({
    onAdd: (object) => graph.put({ resource, object }),
    onUpdate: (object) => graph.put({ resource, object }),
  })
  return {
    whenSynced: () => informer.whenSynced(),
    start: (add) => {
      const changed = (object: KubernetesObject): void => {
        const { uid, ownerReferences, deletionTimestamp } = object.metadata ?? {}
        if (uid === undefined) return
        if (ownerReferences?.length || deletionTimestamp) add(uid)
        if (deletionTimestamp)
          for (const dependent of graph.dependentUidsOf(uid)) add(dependent)
      }
      return informer.subscribe({
        onAdd: changed,
        onUpdate: changed,
        onDelete: (object) => {
          const { uid = '', ownerReferences = [] } = object.metadata ?? {}
          graph.remove(uid)
          for (const dependent of graph.dependentUidsOf(uid)) add(dependent)
          // An owner may wait for just this object to be gone.
          for (const owner of ownerReferences) add(owner.uid)
        },
      })
    },
  }
}
