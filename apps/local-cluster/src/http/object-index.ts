import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import { rangeOf, storeKey } from '../store/keys.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { fromStored, storedResource } from './stored-form.ts'

/** Where an object is. */
export interface IndexedObject {
  namespace: string
  name: string
}

interface Entry extends IndexedObject {
  values: readonly string[]
}

/**
 * Finds objects by something else than their name, for admission that would otherwise have to read
 * all of a kind. Built when it is first asked, and kept up to date by the store's changes.
 */
export class ObjectIndex {
  readonly #entries = new Map<string, Entry>()
  readonly #keys = new Map<string, Set<string>>()
  readonly #definition: ResourceDefinition
  readonly #valuesOf: (object: KubernetesObject) => string[]

  constructor(
    store: ObjectStore,
    definition: ResourceDefinition,
    valuesOf: (object: KubernetesObject) => string[],
  ) {
    this.#definition = definition
    this.#valuesOf = valuesOf
    const resource = storedResource(definition)
    const { committedVersion } = store
    for (const json of store.latestRange(rangeOf(resource))) this.#put(resource, json)
    store.subscribe(resource, committedVersion, ({ key, type, json }) => {
      if (type === 'DELETED') this.#remove(key)
      else this.#put(resource, json)
    })
  }

  find(value: string): IndexedObject[] {
    return [...(this.#keys.get(value) ?? [])].flatMap((key) => this.#entries.get(key) ?? [])
  }

  #put(resource: string, json: string): void {
    const object = fromStored(this.#definition, json)
    const { namespace = '', name = '' } = object.metadata ?? {}
    const key = storeKey({ resource, namespace, name })
    this.#remove(key)
    const values = this.#valuesOf(object)
    if (values.length === 0) return
    this.#entries.set(key, { namespace, name, values })
    for (const value of values) {
      const keys = this.#keys.get(value) ?? new Set()
      keys.add(key)
      this.#keys.set(value, keys)
    }
  }

  #remove(key: string): void {
    for (const value of this.#entries.get(key)?.values ?? []) {
      const keys = this.#keys.get(value)
      keys?.delete(key)
      if (keys?.size === 0) this.#keys.delete(value)
    }
    this.#entries.delete(key)
  }
}
