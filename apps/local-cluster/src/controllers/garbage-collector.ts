import {
  parseApiVersion,
  type KubernetesObject,
  type OwnerReference,
  type PathTarget,
  type RequeueAfter,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { failedWith, unlessGone, type Controller } from './controller.ts'
import { whenServed } from './discovery.ts'
import { GraphSource } from './garbage-collector/graph-source.ts'
import { OwnerGraph, ownersOf, type GraphNode } from './garbage-collector/owner-graph.ts'

const FOREGROUND = 'foregroundDeletion'
const ORPHAN = 'orphan'
/** Owners of kinds that nothing serves are looked for again: their definition may come back. */
const RETRY_UNKNOWN_MS = 30_000

type OwnerState =
  | 'solid'
  /** Waits for its dependents to go first. */
  | 'waiting'
  | 'gone'
  /** Of a kind that nothing serves, or out of reach: nothing may be concluded from it. */
  | 'unknown'

/**
 * Deletes what has lost all its owners, and carries out foreground and orphan deletions.
 * Works on uids. Source of the rules: kube-controller-manager's garbage collector.
 */
export async function garbageCollector(context: ControllerContext): Promise<Controller> {
  const { client, events } = context
  const graph = new OwnerGraph()
  const source = new GraphSource(context, graph, await whenServed(client))

  async function reconcile(uid: string): Promise<RequeueAfter | void> {
    const node = graph.get(uid)
    if (node === undefined) return undefined
    const { deletionTimestamp, finalizers = [] } = node.object.metadata ?? {}
    if (deletionTimestamp === undefined) return collect(node)
    if (finalizers.includes(ORPHAN)) return orphanDependents(node)
    if (finalizers.includes(FOREGROUND)) return deleteInForeground(node)
    return undefined
  }

  /** Deletes an object whose owners are all gone; forgets the owners that are gone. */
  async function collect(node: GraphNode): Promise<RequeueAfter | void> {
    const owners = ownersOf(node)
    if (owners.length === 0) return undefined
    const states = await Promise.all(owners.map((owner) => stateOf(owner, node)))
    const holding = owners.filter(
      (_owner, index) => states[index] === 'solid' || states[index] === 'unknown',
    )
    if (holding.length > 0) {
      // Neither an owner that is gone nor one that waits for us to go keeps its reference.
      if (holding.length < owners.length) await setOwners(node, holding)
      return states.includes('unknown') ? { requeueAfterMs: RETRY_UNKNOWN_MS } : undefined
    }
    const { uid = '', resourceVersion = '' } = node.object.metadata ?? {}
    await unlessGone(
      client.delete(node.resource, targetOf(node), {
        propagationPolicy: policyFor(node, states.includes('waiting')),
        // Somebody may have given it another owner meanwhile.
        preconditions: { uid, resourceVersion },
      }),
    )
    return undefined
  }

  function policyFor(node: GraphNode, ownerWaits: boolean) {
    const { finalizers = [] } = node.object.metadata ?? {}
    if (ownerWaits && graph.dependentsOf(uidOf(node)).length > 0) return 'Foreground'
    if (finalizers.includes(ORPHAN)) return 'Orphan'
    return finalizers.includes(FOREGROUND) ? 'Foreground' : 'Background'
  }

  async function stateOf(owner: OwnerReference, dependent: GraphNode): Promise<OwnerState> {
    const { group } = parseApiVersion(owner.apiVersion)
    const resource = source.resourceOf(group, owner.kind)
    const known = graph.get(owner.uid)
    if (resource === undefined && known === undefined) return 'unknown'
    const namespace = dependent.object.metadata?.namespace
    const namespaced = (known?.resource ?? resource)?.namespaced ?? false
    if (namespaced && namespace === undefined) {
      // A cluster-wide object cannot belong to one of a namespace: whose it would be is unclear.
      warnOfNamespace(owner, dependent)
      return 'unknown'
    }
    const elsewhere = namespaced && known && known.object.metadata?.namespace !== namespace
    if (elsewhere) {
      warnOfNamespace(owner, dependent)
      return 'gone'
    }
    const object = known?.object ?? (resource && (await readOwner(owner, dependent)))
    if (object?.metadata?.uid !== owner.uid) return 'gone'
    const { deletionTimestamp, finalizers = [] } = object.metadata
    return deletionTimestamp && finalizers.includes(FOREGROUND) ? 'waiting' : 'solid'
  }

  function warnOfNamespace(owner: OwnerReference, { object }: GraphNode): void {
    const { namespace = '' } = object.metadata ?? {}
    const { apiVersion, kind, name, uid } = owner
    events.record(object, {
      type: 'Warning',
      reason: 'OwnerRefInvalidNamespace',
      message: `ownerRef [${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}] does not exist in namespace "${namespace}"`,
      component: 'garbage-collector-controller',
    })
  }

  /** The caches may be behind: before anything is deleted the server itself is asked. */
  async function readOwner(
    owner: OwnerReference,
    dependent: GraphNode,
  ): Promise<KubernetesObject | undefined> {
    const { group } = parseApiVersion(owner.apiVersion)
    const resource = source.resourceOf(group, owner.kind)
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

  return { name: 'garbage-collector', concurrency: 4, sources: [source], reconcile }
}

const uidOf = ({ object }: GraphNode): string => object.metadata?.uid ?? ''

const targetOf = ({ object }: GraphNode): PathTarget => ({
  namespace: object.metadata?.namespace,
  name: object.metadata?.name ?? '',
})
