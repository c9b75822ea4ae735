import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../../registry.ts'
import { apiVersionOf } from '../resource-index.ts'
import { entriesOf, nextEntries, type ManagedFieldsEntry } from './entries.ts'
import { difference, union, type FieldSet } from './field-set.ts'
import { compare, managedPart, rootOf } from './fields.ts'
import { withZeros, zeroValueOf } from './zero-values.ts'

export interface TrackedUpdate {
  definition: ResourceDefinition
  /** Undefined when the object is created. */
  old: KubernetesObject | undefined
  object: KubernetesObject
  subresource?: string | undefined
  fieldManager: string
  version: string
  /** What the server filled in behind the defaults; nobody manages it. */
  filledIn?: FieldSet
}

/** Gives the manager of a write the fields it changed, and takes them from the others. */
export function trackUpdate(update: TrackedUpdate): void {
  const { definition, old, object, subresource, fieldManager, version, filledIn = {} } = update
  const zero = zeroValueOf(definition)
  const before = old === undefined ? {} : managedPart(old, true)
  const after = managedPart(object, old !== undefined)
  const { changed: all, removed } = compare(
    withZeros(before, zero),
    withZeros(after, zero),
    rootOf(definition),
  )
  const changed = difference(all, filledIn)
  const gone = union(changed, removed)
  const manager = {
    manager: fieldManager,
    operation: 'Update' as const,
    apiVersion: apiVersionOf(definition, version),
    subresource,
  }
  const entries = nextEntries(knownEntries(update), manager, {
    own: (set) => union(difference(set, removed), changed),
    others: (set) => difference(set, gone),
  })
  setEntries(object, entries)
}

/**
 * The entries that a write starts from. Clients may rewrite them: kubectl does, to hand over what
 * it has applied on its side to what it applies on the server's. A single empty one clears them.
 */
function knownEntries({ old, object, subresource }: TrackedUpdate): ManagedFieldsEntry[] {
  if (old === undefined) return []
  const posted = entriesOf(object.metadata)
  const [first] = posted
  if (subresource !== undefined || first === undefined) return entriesOf(old.metadata)
  if (posted.length === 1 && Object.keys(first).length === 0) return []
  const readable = posted.every(
    ({ manager, operation, fieldsV1 }) =>
      typeof manager === 'string' &&
      (operation === 'Apply' || operation === 'Update') &&
      typeof fieldsV1 === 'object',
  )
  return readable ? posted : entriesOf(old.metadata)
}

export function setEntries(object: KubernetesObject, entries: ManagedFieldsEntry[]): void {
  const metadata = (object.metadata ??= {})
  metadata.managedFields = entries
}

/** The entries of an object that is only posted (a review), never stored. */
export function entriesOfPosted(
  object: object,
  {
    apiVersion,
    manager,
    subresource,
  }: { apiVersion: string; manager: string; subresource?: string },
): ManagedFieldsEntry[] {
  const posted = withZeros(managedPart(object, false), { spec: {} })
  const { changed: set } = compare(
    { spec: {} },
    posted,
    rootOf({ custom: false, schema: undefined }),
  )
  const owner = { manager, operation: 'Update' as const, apiVersion, subresource }
  return nextEntries([], owner, { own: () => set, others: (other) => other })
}
