import { isDeepStrictEqual } from 'node:util'
import type { JsonSchema } from '../../openapi/json-schema.ts'
import type { ResourceDefinition } from '../../registry.ts'
import { isAtomicMap, listRuleOf, ruleOfSchema, type ListRule } from '../list-keys.ts'
import { nodeOf, type FieldSet } from './field-set.ts'

export type JsonObject = Record<string, unknown>

/** Where in an object a value is. */
export interface Place {
  custom: boolean
  /** Names of the fields above, without list items. */
  path: readonly string[]
  field: string
  /** Of kinds whose schema says itself how lists and maps merge. */
  schema?: JsonSchema | undefined
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Nulls are values of built-in kinds' times; in custom resources they are nothing. */
const absent = (value: unknown, custom: boolean): value is null | undefined =>
  value === undefined || (custom && value === null)

/** Metadata that belongs to the server and has no manager. */
const UNMANAGED_METADATA = new Set([
  'name',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'selfLink',
  'managedFields',
])

/** An object's fields that managers own: the server's metadata is left out. */
export function managedPart(object: object, withStatus: boolean): JsonObject {
  const part: JsonObject = {}
  for (const [key, value] of Object.entries(object)) {
    if (key === 'apiVersion' || key === 'kind' || (key === 'status' && !withStatus)) continue
    part[key] = value
  }
  const metadata: JsonObject = {}
  for (const [key, value] of Object.entries((part['metadata'] ?? {}) as JsonObject)) {
    if (!UNMANAGED_METADATA.has(key)) metadata[key] = value
  }
  delete part['metadata']
  if (Object.keys(metadata).length > 0) part['metadata'] = metadata
  return part
}

/** How a value is merged and owned: whole, field by field, or item by item. */
export type Shape = { type: 'leaf' } | { type: 'map' } | { type: 'list'; rule: ListRule }

export function shapeOf(value: unknown, place: Place): Shape {
  const { custom, path, field, schema } = place
  if (isObject(value)) {
    const atomic =
      schema?.['x-kubernetes-map-type'] === 'atomic' || isAtomicMap(custom, path, field)
    return { type: Object.keys(value).length === 0 || atomic ? 'leaf' : 'map' }
  }
  if (!Array.isArray(value) || value.length === 0) return { type: 'leaf' }
  const rule = ruleAt(place)
  if (rule.type === 'atomic') return { type: 'leaf' }
  if (rule.type === 'map' && !value.every(isObject)) return { type: 'leaf' }
  return { type: 'list', rule }
}

/** The path element of a list item. */
export function itemElement(item: unknown, rule: ListRule): string {
  if (rule.type === 'set') return `v:${JSON.stringify(item)}`
  const object = item as JsonObject
  const keys = rule.keys.map((key): [string, unknown] => [
    key,
    // The only key with a default among the lists that we know.
    object[key] ?? (key === 'protocol' ? 'TCP' : null),
  ])
  return `k:${JSON.stringify(Object.fromEntries(keys.toSorted(([a], [b]) => (a < b ? -1 : 1))))}`
}

/** How the items of the list at a place are merged. */
export function ruleAt({ custom, path, field, schema }: Place): ListRule {
  const inMetadata = path.length === 1 && path[0] === 'metadata'
  return schema === undefined || inMetadata
    ? listRuleOf(custom, path, field)
    : ruleOfSchema(schema)
}

/** The place of a field of the object, or of each object of the list, at a place. */
export function below({ custom, path, field, schema }: Place, child: string): Place {
  const inner = schema?.type === 'array' ? schema.items : schema
  const values = inner?.additionalProperties
  return {
    custom,
    path: field === '' ? path : [...path, field],
    field: child,
    schema: inner?.properties?.[child] ?? (typeof values === 'object' ? values : undefined),
  }
}

type Ruled = Pick<ResourceDefinition, 'custom' | 'ownListRules' | 'schema'>

/** The place of a whole object. */
export const rootOf = ({ custom, ownListRules, schema }: Ruled): Place => ({
  custom,
  path: [],
  field: '',
  schema: ownListRules === true ? schema : undefined,
})

/** The metadata of an object is always there, so nobody brings it into being. */
const isRootMetadata = ({ path, field }: Place): boolean =>
  path.length === 0 && field === 'metadata'

/**
 * All fields of a value. With `added`, maps and lists count themselves, as for something that an
 * update brings into being; without, only leaves and list items do, as for an applied configuration.
 */
export function fieldsOfValue(value: unknown, place: Place, added: boolean): FieldSet {
  const shape = shapeOf(value, place)
  if (shape.type === 'leaf') return {}
  const result: FieldSet = {}
  if (shape.type === 'map') {
    for (const [key, child] of Object.entries(value as JsonObject)) {
      const next = below(place, key)
      if (absent(child, next.custom)) continue
      const node = fieldsOfValue(child, next, added)
      const container = shapeOf(child, next).type !== 'leaf'
      const full = nodeOf(!container || (added && !isRootMetadata(next)), node)
      if (full !== undefined) result[`f:${key}`] = full
    }
    return result
  }
  for (const item of value as unknown[]) {
    const whole = !isObject(item) || shape.rule.atomicItems === true
    const node = whole ? {} : fieldsOfValue(item, place, added)
    result[itemElement(item, shape.rule)] = nodeOf(true, node) ?? {}
  }
  return result
}

export interface Comparison {
  /** Fields that are new or have another value. */
  changed: FieldSet
  removed: FieldSet
}

/** What differs between two states of a value, both of them containers. */
export function compare(before: unknown, after: unknown, place: Place): Comparison {
  const changed: FieldSet = {}
  const removed: FieldSet = {}
  for (const { element, next, old, now, whole } of pairs(before, after, place)) {
    const [gone, came] = [absent(now, next.custom), absent(old, next.custom)]
    if (gone && came) continue
    if (gone) {
      removed[element] = nodeOf(true, whole ? {} : fieldsOfValue(old, next, true)) ?? {}
      continue
    }
    if (came) {
      const fields = whole ? {} : fieldsOfValue(now, next, true)
      changed[element] = nodeOf(!isRootMetadata(next), fields) ?? {}
      continue
    }
    const [oldShape, newShape] = whole
      ? (['leaf', 'leaf'] as const)
      : [shapeOf(old, next).type, shapeOf(now, next).type]
    if (oldShape === newShape && newShape !== 'leaf') {
      const inner = compare(old, now, next)
      const changedNode = nodeOf(false, inner.changed)
      const removedNode = nodeOf(false, inner.removed)
      if (changedNode !== undefined) changed[element] = changedNode
      if (removedNode !== undefined) removed[element] = removedNode
      continue
    }
    if (isDeepStrictEqual(old, now)) continue
    if (newShape === 'leaf') {
      changed[element] = {}
      const lost = whole ? undefined : nodeOf(false, fieldsOfValue(old, next, true))
      if (lost !== undefined) removed[element] = lost
    } else changed[element] = nodeOf(false, fieldsOfValue(now, next, true)) ?? {}
  }
  return { changed, removed }
}

interface Pair {
  element: string
  next: Place
  old: unknown
  now: unknown
  /** Owned and replaced as one value, whatever is in it. */
  whole: boolean
}

function* pairs(before: unknown, after: unknown, place: Place): Generator<Pair> {
  if (Array.isArray(before) && Array.isArray(after)) {
    const rule = ruleAt(place)
    const whole = rule.atomicItems === true
    const index = (list: unknown[]) =>
      new Map(list.map((item) => [itemElement(item, rule), item]))
    const [old, now] = [index(before), index(after)]
    for (const element of new Set([...old.keys(), ...now.keys()])) {
      yield { element, next: place, old: old.get(element), now: now.get(element), whole }
    }
    return
  }
  const [old, now] = [before as JsonObject, after as JsonObject]
  for (const key of new Set([...Object.keys(old), ...Object.keys(now)])) {
    yield {
      element: `f:${key}`,
      next: below(place, key),
      old: old[key],
      now: now[key],
      whole: false,
    }
  }
}
