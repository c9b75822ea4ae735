import { statusErrors, type KubernetesObject } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../../registry.ts'
import { ownValue, setOwn } from '../patch/merge-patch.ts'
import { apiVersionOf } from '../resource-index.ts'
import {
  belongsTo,
  entriesOf,
  nextEntries,
  type ManagedFieldsEntry,
  type Manager,
} from './entries.ts'
import {
  difference,
  intersection,
  isEmptySet,
  pathTexts,
  union,
  withParents,
  type FieldSet,
} from './field-set.ts'
import {
  below,
  compare,
  fieldsOfValue,
  itemElement,
  managedPart,
  rootOf,
  ruleAt,
  shapeOf,
  type JsonObject,
  type Place,
} from './fields.ts'
import { setEntries } from './managed-fields.ts'

export interface ApplyRequest {
  definition: ResourceDefinition
  version: string
  /** Undefined when applying creates the object. */
  live: KubernetesObject | undefined
  config: KubernetesObject
  fieldManager: string
  force: boolean
  subresource?: string | undefined
}

/**
 * Server-side apply: merges a configuration into the live object, removes what its manager applied
 * before and no longer does, and refuses to overwrite fields of other managers unless forced.
 */
export function applyConfiguration(request: ApplyRequest): KubernetesObject {
  const { definition, version, live = {}, config, fieldManager, force, subresource } = request
  const root = rootOf(definition)
  const manager: Manager = {
    manager: fieldManager,
    operation: 'Apply',
    apiVersion: apiVersionOf(definition, version),
    subresource,
  }
  const wanted = managedPart(config, subresource === 'status')
  const set = fieldsOfValue(wanted, root, false)
  const entries = entriesOf(live.metadata)
  const others = entries.filter((entry) => !belongsTo(entry, manager))
  const before = entries.find((entry) => belongsTo(entry, manager))?.fieldsV1 ?? {}

  const merged = mergeValues(structuredClone(live), wanted, root) as JsonObject
  const orphaned = others.reduce(
    (left, { fieldsV1 }) => difference(left, withParents(fieldsV1)),
    difference(before, withParents(set)),
  )
  removeFields(merged, orphaned, root)

  const { changed, removed } = compare(managedPart(live, true), managedPart(merged, true), root)
  const conflicts = others
    .map((entry) => ({ entry, fields: intersection(entry.fieldsV1, changed) }))
    .filter(({ fields }) => !isEmptySet(fields))
  if (conflicts.length > 0 && !force) throw conflictError(conflicts)
  const lost = union(changed, removed)
  const object = merged as KubernetesObject
  setEntries(
    object,
    nextEntries(entries, manager, {
      own: () => set,
      others: (other) => difference(other, lost),
    }),
  )
  return object
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Merges `config` into `live` (which it changes). */
function mergeValues(live: unknown, config: unknown, place: Place): unknown {
  const shape = shapeOf(config, place)
  // An empty map or list with keys wants the thing to be there, whatever is in it.
  if (shape.type === 'leaf' && isEmptyContainer(config) && sameShape(live, place)) return live
  if (shape.type === 'map' && isObject(live)) {
    for (const [key, value] of Object.entries(config as JsonObject)) {
      if (value === null) continue
      setOwn(live, key, mergeValues(ownValue(live, key), value, below(place, key)))
    }
    return live
  }
  if (shape.type !== 'list' || !Array.isArray(live)) return config
  for (const item of config as unknown[]) {
    const element = itemElement(item, shape.rule)
    const index = live.findIndex((other) => itemElement(other, shape.rule) === element)
    if (index < 0) live.push(item)
    else live[index] = isObject(item) ? mergeValues(live[index], item, place) : item
  }
  return live
}

/** Removes the fields of a set from a value. */
function removeFields(value: unknown, set: FieldSet, place: Place): void {
  if (Array.isArray(value)) {
    const rule = ruleAt(place)
    for (let index = value.length - 1; index >= 0; index -= 1) {
      const node = set[itemElement(value[index], rule)]
      if (node === undefined) continue
      if (node['.'] !== undefined || isEmptySet(node)) value.splice(index, 1)
      else removeFields(value[index], node, place)
    }
    return
  }
  if (!isObject(value)) return
  for (const [element, node] of Object.entries(set)) {
    if (!element.startsWith('f:')) continue
    const key = element.slice(2)
    if (isEmptySet(node)) delete value[key]
    else {
      const child = value[key]
      removeFields(child, node, below(place, key))
      if (isEmptyContainer(child) && key !== 'metadata') delete value[key]
    }
  }
}

function isEmptyContainer(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && isEmptyObject(value)
}

/** Whether the live value is merged into, not replaced. */
function sameShape(live: unknown, place: Place): boolean {
  return shapeOf(live, place).type !== 'leaf'
}

function isEmptyObject(value: object): boolean {
  return Object.keys(value).length === 0
}

interface Conflict {
  entry: ManagedFieldsEntry
  fields: FieldSet
}

function managerText({
  manager,
  operation,
  apiVersion,
  subresource,
}: ManagedFieldsEntry): string {
  const name = `${JSON.stringify(manager)}${subresource === undefined ? '' : ` with subresource ${JSON.stringify(subresource)}`}`
  if (operation !== 'Update') return name
  return `${name} using ${apiVersion}`
}

function conflictError(conflicts: Conflict[]): Error {
  const list = conflicts.flatMap(({ entry, fields }) =>
    pathTexts(fields).map((path) => ({ manager: managerText(entry), path })),
  )
  const [first] = list
  const managers = [...new Set(list.map(({ manager }) => manager))].toSorted()
  const detail =
    list.length === 1 && first !== undefined
      ? `conflict with ${first.manager}: ${first.path}`
      : managers
          .flatMap((manager) => [
            `conflicts with ${manager}:`,
            ...list.filter((item) => item.manager === manager).map(({ path }) => `- ${path}`),
          ])
          .join('\n')
  const plural = list.length === 1 ? 'conflict' : 'conflicts'
  return statusErrors.other(
    409,
    'Conflict',
    `Apply failed with ${list.length} ${plural}: ${detail}`,
    {
      causes: list.map(({ manager, path }) => ({
        reason: 'FieldManagerConflict',
        message: `conflict with ${manager}`,
        field: path,
      })),
    },
  )
}
