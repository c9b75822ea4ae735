import { RESOURCES, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import type { ControllerContext } from '../context.ts'
import type { Source } from '../controller.ts'
import { discover, type ServedResource } from '../discovery.ts'
import type { OwnerGraph } from './owner-graph.ts'

/** Kinds that come and go often and own nothing. */
const IGNORED = new Set(['events', 'leases'])
/** A new CustomResourceDefinition is served a moment after it is stored. */
const SETTLE_MS = 250

const nameOf = ({ group, resource }: Pick<ResourceRef, 'group' | 'resource'>): string =>
  `${resource}.${group}`

const isCollectable = ({ resource, verbs }: ServedResource): boolean =>
  !IGNORED.has(resource) && ['list', 'watch', 'delete'].every((verb) => verbs.includes(verb))

/**
 * Keeps the graph of all kinds, also of those that appear and go while we run; a change concerns
 * the object, and its going or beginning to go its relatives.
 */
export class GraphSource implements Source {
  readonly #context: ControllerContext
  readonly #graph: OwnerGraph
  readonly #removals = new Map<string, () => void>()
  #served: ServedResource[]
  #add: ((key: string) => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(context: ControllerContext, graph: OwnerGraph, served: ServedResource[]) {
    this.#context = context
    this.#graph = graph
    this.#served = served
    for (const resource of served.filter(isCollectable)) this.#follow(resource)
  }

  /** The kind that an owner reference names; undefined if nothing serves it. */
  resourceOf(group: string, kind: string): ServedResource | undefined {
    return this.#served.find((each) => each.group === group && each.kind === kind)
  }

  async whenSynced(): Promise<void> {
    const { informers } = this.#context
    const all = this.#served.filter(isCollectable)
    await Promise.all(all.map((resource) => informers.metadataOf(resource).whenSynced()))
  }

  start(add: (key: string) => void): () => void {
    this.#add = add
    for (const resource of this.#served.filter(isCollectable)) {
      for (const object of this.#context.informers.metadataOf(resource).list()) {
        this.#changed(object)
      }
    }
    const again = (): void => this.#refreshSoon()
    const definitions = this.#context.informers.metadataOf(RESOURCES.customResourceDefinitions)
    const remove = definitions.subscribe({ onAdd: again, onUpdate: again, onDelete: again })
    return () => {
      remove()
      clearTimeout(this.#timer)
      this.#add = undefined
      for (const each of this.#removals.values()) each()
    }
  }

  #refreshSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#refresh().catch((error: unknown) => {
        this.#context.log(`garbage-collector: ${String(error)}`)
        if (this.#add) this.#refreshSoon()
      })
    }, SETTLE_MS)
  }

  async #refresh(): Promise<void> {
    const { resources, failures } = await discover(this.#context.client)
    if (this.#add === undefined) return
    // A group that is away for a moment has not lost its kinds.
    const kept = this.#served.filter(({ group, version }) =>
      failures.has(`${group}/${version}`),
    )
    this.#served = [...resources, ...kept]
    const wanted = new Map(
      this.#served.filter(isCollectable).map((each) => [nameOf(each), each]),
    )
    for (const [name, resource] of wanted) if (!this.#removals.has(name)) this.#follow(resource)
    for (const [name, remove] of this.#removals) {
      if (wanted.has(name)) continue
      remove()
      this.#removals.delete(name)
      this.#context.informers.drop(name)
    }
  }

  #follow(resource: ServedResource): void {
    const informer = this.#context.informers.metadataOf(resource)
    const put = (object: KubernetesObject): void => {
      this.#graph.put({ resource, object })
      this.#changed(object)
    }
    const remove = informer.subscribe({
      onAdd: put,
      onUpdate: put,
      onDelete: (object) => this.#deleted(object),
    })
    this.#removals.set(nameOf(resource), remove)
  }

  #changed({ metadata }: KubernetesObject): void {
    const { uid, ownerReferences, deletionTimestamp } = metadata ?? {}
    if (uid === undefined || this.#add === undefined) return
    if (ownerReferences?.length || deletionTimestamp) this.#add(uid)
    if (!deletionTimestamp) return
    for (const dependent of this.#graph.dependentUidsOf(uid)) this.#add(dependent)
  }

  #deleted({ metadata }: KubernetesObject): void {
    const { uid = '', ownerReferences = [] } = metadata ?? {}
    this.#graph.remove(uid)
    for (const dependent of this.#graph.dependentUidsOf(uid)) this.#add?.(dependent)
    // An owner may wait for just this object to be gone.
    for (const owner of ownerReferences) this.#add?.(owner.uid)
  }
}
