import { keyOf, type Informer, type KubernetesObject } from '@virtdeck/kubernetes'

/** Finds an informer's objects by something other than their key; costs one entry per object. */
export class IndexBy<T extends KubernetesObject> {
  readonly #informer: Informer<T>
  readonly #keys = new Map<string, Set<string>>()

  constructor(informer: Informer<T>, valuesOf: (object: T) => string[]) {
    this.#informer = informer
    const add = (object: T): void => {
      for (const value of valuesOf(object)) {
        const keys = this.#keys.get(value) ?? new Set()
        keys.add(keyOf(object))
        this.#keys.set(value, keys)
      }
    }
    const remove = (object: T): void => {
      for (const value of valuesOf(object)) {
        const keys = this.#keys.get(value)
        keys?.delete(keyOf(object))
        if (keys?.size === 0) this.#keys.delete(value)
      }
    }
    informer.subscribe({
      onAdd: add,
      onUpdate: (object, old) => {
        remove(old)
        add(object)
      },
      onDelete: remove,
    })
  }

  get(value: string): T[] {
    return this.keys(value).flatMap((key) => this.#informer.get(key) ?? [])
  }

  keys(value: string): string[] {
    return [...(this.#keys.get(value) ?? [])]
  }
}
