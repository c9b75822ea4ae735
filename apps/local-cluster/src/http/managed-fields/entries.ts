import { isDeepStrictEqual } from 'node:util'
import type { ObjectMeta } from '@virtdeck/kubernetes'
import { timestamp } from '../timestamps.ts'
import { isEmptySet, type FieldSet } from './field-set.ts'

/** One entry of `metadata.managedFields`. */
export interface ManagedFieldsEntry {
  manager: string
  operation: 'Update' | 'Apply'
  apiVersion: string
  time?: string
  fieldsType: 'FieldsV1'
  fieldsV1: FieldSet
  subresource?: string
}

export type Manager = Pick<ManagedFieldsEntry, 'manager' | 'operation' | 'apiVersion'> & {
  subresource?: string | undefined
}

export function entriesOf(metadata: ObjectMeta | undefined): ManagedFieldsEntry[] {
  return (metadata?.managedFields ?? []) as ManagedFieldsEntry[]
}

/** Whether an entry is this manager's. An applier has one entry whatever version it applies. */
export function belongsTo(entry: ManagedFieldsEntry, manager: Manager): boolean {
  return (
    entry.manager === manager.manager &&
    entry.operation === manager.operation &&
    (entry.subresource ?? '') === (manager.subresource ?? '') &&
    (entry.operation === 'Apply' || entry.apiVersion === manager.apiVersion)
  )
}

const order = (entry: ManagedFieldsEntry): string =>
  [
    entry.operation,
    entry.time ?? '',
    entry.manager,
    entry.apiVersion,
    entry.subresource ?? '',
  ].join('\u0000')

/**
 * The entries after a change of their sets: the manager's own becomes `own`, the others lose
 * fields by `others`. Times change only where the set did.
 */
export function nextEntries(
  entries: ManagedFieldsEntry[],
  manager: Manager,
  sets: { own: (current: FieldSet) => FieldSet; others: (current: FieldSet) => FieldSet },
): ManagedFieldsEntry[] {
  const existing = entries.find((entry) => belongsTo(entry, manager))
  const own = sets.own(existing?.fieldsV1 ?? {})
  const same =
    existing !== undefined &&
    existing.apiVersion === manager.apiVersion &&
    isDeepStrictEqual(existing.fieldsV1, own)
  const ownEntry: ManagedFieldsEntry = same
    ? existing
    : {
        manager: manager.manager,
        operation: manager.operation,
        apiVersion: manager.apiVersion,
        time: timestamp(),
        fieldsType: 'FieldsV1',
        fieldsV1: own,
        ...(manager.subresource === undefined ? {} : { subresource: manager.subresource }),
      }
  const others = entries
    .filter((entry) => entry !== existing)
    .map((entry) => ({ ...entry, fieldsV1: sets.others(entry.fieldsV1) }))
  return [ownEntry, ...others]
    .filter((entry) => !isEmptySet(entry.fieldsV1))
    .toSorted((first, second) => (order(first) < order(second) ? -1 : 1))
}
