import type { ObjectRow } from '@virtdeck/bff-contract'
import { keyOf, type KubernetesObject } from '@virtdeck/kubernetes'
import { Collection, type CollectionOptions } from './collection.ts'
import { RowSource } from './row-source.ts'
import { RowTable } from './row-table.ts'

/** Whole objects of one resource. */
export class ObjectSource extends RowSource<ObjectRow> {
  readonly table = new RowTable<ObjectRow>()
  readonly #collection: Collection<KubernetesObject>

  constructor(options: Omit<CollectionOptions, 'transform'>) {
    super()
    const collection = new Collection<KubernetesObject>({
      ...options,
      transform: withoutManagedFields,
    })
    const set = (object: KubernetesObject) =>
      this.table.set({ key: keyOf(object), object: object as ObjectRow['object'] })
    collection.informer.subscribe({
      onAdd: set,
      onUpdate: set,
      onDelete: (object) => this.table.delete(keyOf(object)),
    })
    collection.onHealth((health) => this.setHealth(health))
    this.#collection = collection.start()
  }

  override dispose(): void {
    super.dispose()
    this.#collection.dispose()
  }
}

function withoutManagedFields(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata ?? {}
  return { ...object, metadata }
}
