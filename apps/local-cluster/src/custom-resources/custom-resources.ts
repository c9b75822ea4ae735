import type { IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinition as CustomResourceDefinition } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { StatusError } from '@virtdeck/kubernetes'
import type { ResourceRegistry } from '../http/resource-index.ts'
import { rangeOf } from '../store/keys.ts'
import type { ObjectStore } from '../store/object-store.ts'
import type { ObjectAccess } from '../subresources/subresource.ts'
import { CLEANUP, condition, finalNames, setCondition } from './definition-status.ts'
import { isEstablished, servedKind } from './served-kind.ts'

const DEFINITIONS = {
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
}
const STORED = `${DEFINITIONS.resource}.${DEFINITIONS.group}`

/**
 * Serves the kinds of CustomResourceDefinitions that were added at run time, as the part of a
 * kube-apiserver that does so: accepts their names, serves them, and when a definition is
 * deleted removes its objects first. The cluster's own custom kinds are served anyway.
 */
export class CustomResources {
  readonly #store: ObjectStore
  readonly #resources: ResourceRegistry
  readonly #objects: ObjectAccess
  readonly #unsubscribe: () => void
  /** What is being done for a definition, so that nothing is done twice at a time. */
  readonly #busy = new Map<string, Promise<void>>()
  #closed = false

  constructor(options: {
    store: ObjectStore
    resources: ResourceRegistry
    objects: ObjectAccess
  }) {
    this.#store = options.store
    this.#resources = options.resources
    this.#objects = options.objects
    this.#unsubscribe = this.#store.subscribe(STORED, this.#store.version, (change) => {
      this.#serve()
      if (change.type !== 'DELETED') this.#look(change.name)
      // Whose name was freed may be somebody else's wish.
      else for (const { metadata } of this.#definitions()) this.#look(metadata?.name ?? '')
    })
    this.#serve()
    for (const { metadata } of this.#definitions()) this.#look(metadata?.name ?? '')
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#unsubscribe()
    await Promise.all(this.#busy.values())
  }

  #definitions(): CustomResourceDefinition[] {
    return [...this.#store.latestRange(rangeOf(STORED))].map(
      (json) => JSON.parse(json) as CustomResourceDefinition,
    )
  }

  #serve(): void {
    this.#resources.serve(
      this.#definitions()
        .filter(isEstablished)
        .flatMap((definition) => servedKind(definition) ?? []),
    )
  }

  #look(name: string): void {
    if (this.#closed) return
    const before = this.#busy.get(name) ?? Promise.resolve()
    const work = before
      .then(() => this.#reconcile(name))
      .catch((error: unknown) => {
        // Deleted in the meantime, or the server is closing.
        if (!this.#closed && !(error instanceof StatusError)) throw error
      })
    this.#busy.set(name, work)
    void work.finally(() => {
      if (this.#busy.get(name) === work) this.#busy.delete(name)
    })
  }

  async #reconcile(name: string): Promise<void> {
    if (this.#closed) return
    const definition = this.#objects.find({ ...DEFINITIONS, name }) as
      | CustomResourceDefinition
      | undefined
    if (definition === undefined) return
    if (definition.metadata?.deletionTimestamp) await this.#remove(definition)
    else await this.#accept(definition)
  }

  async #accept(definition: CustomResourceDefinition): Promise<void> {
    const others = this.#definitions().filter(
      ({ metadata, spec }) =>
        metadata?.name !== definition.metadata?.name && spec.group === definition.spec.group,
    )
    const status = finalNames(definition, others)
    if (status === undefined) return
    await this.#writeStatus(definition, status)
  }

  /** Deletes the objects of a kind, and then lets its definition go. */
  async #remove(definition: CustomResourceDefinition): Promise<void> {
    const { metadata } = definition
    if (!metadata?.finalizers?.includes(CLEANUP)) return
    const { group, names } = definition.spec
    const kind = { group, resource: names.plural }
    const own = this.#resources.isAdded(group, names.plural)
    const left = own ? this.#objects.list(kind) : []
    for (const { metadata: object = {} } of left) {
      if (object.deletionTimestamp !== undefined) continue
      const key = { ...kind, namespace: object.namespace, name: object.name ?? '' }
      await this.#objects.delete(key).catch((error: unknown) => {
        if (!(error instanceof StatusError)) throw error
      })
    }
    if (own && this.#objects.list(kind).length > 0) {
      const text = 'CustomResource deletion is in progress'
      const now = condition('Terminating', 'True', 'InstanceDeletionInProgress', text)
      const status = setCondition(definition.status, now)
      if (status !== definition.status) await this.#writeStatus(definition, status)
      this.#lookAgainWhenGone(kind, metadata.name ?? '')
      return
    }
    await this.#objects.mutate({ ...DEFINITIONS, name: metadata.name ?? '' }, (object) => {
      const now = object as CustomResourceDefinition
      const text = 'removed all instances'
      const done = condition('Terminating', 'False', 'InstanceDeletionCompleted', text)
      now.status = setCondition(now.status, done)
      object.metadata = {
        ...object.metadata,
        finalizers: (object.metadata?.finalizers ?? []).filter((entry) => entry !== CLEANUP),
      }
    })
  }

  /** Objects with finalizers stay until those who hold them let go. */
  #lookAgainWhenGone(kind: { group: string; resource: string }, name: string): void {
    const resource = `${kind.resource}.${kind.group}`
    const unsubscribe = this.#store.subscribe(resource, this.#store.version, (change) => {
      if (change.type !== 'DELETED') return
      unsubscribe()
      this.#look(name)
    })
  }

  async #writeStatus(
    { metadata }: CustomResourceDefinition,
    status: CustomResourceDefinition['status'],
  ): Promise<void> {
    await this.#objects.mutate({ ...DEFINITIONS, name: metadata?.name ?? '' }, (object) => {
      const definition = object as CustomResourceDefinition
      definition.status = { ...definition.status, ...status }
    })
  }
}
