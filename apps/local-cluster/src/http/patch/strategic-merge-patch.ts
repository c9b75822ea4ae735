import { isDeepStrictEqual } from 'node:util'
import { statusErrors } from '@virtdeck/kubernetes'
import { listRuleOf } from '../list-keys.ts'
import { ownValue, setOwn } from './merge-patch.ts'

type Json = unknown
type JsonObject = Record<string, Json>

const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const DELETE_FROM = '$deleteFromPrimitiveList/'
const ORDER = '$setElementOrder/'

/**
 * Kubernetes' strategic merge patch: a merge patch that merges known lists by their keys, with
 * the directives `$patch`, `$deleteFromPrimitiveList`, `$setElementOrder` and `$retainKeys`.
 */
export function applyStrategicMergePatch(target: Json, patch: Json): Json {
  if (!isObject(patch))
    throw statusErrors.badRequest('a strategic merge patch must be an object')
  return mergeObject(isObject(target) ? target : {}, patch, [])
}

function mergeObject(target: JsonObject, patch: JsonObject, path: string[]): JsonObject {
  if (patch['$patch'] === 'replace') {
    const { $patch: _, ...rest } = patch
    return rest
  }
  if (patch['$patch'] === 'delete') return {}
  const retained = patch['$retainKeys']
  if (Array.isArray(retained)) {
    for (const key of Object.keys(target)) if (!retained.includes(key)) delete target[key]
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue
    if (value === null) delete target[key]
    else setOwn(target, key, mergeValue(ownValue(target, key), value, { path, key }))
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_FROM)) deleteFrom(target, key.slice(DELETE_FROM.length), value)
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(ORDER)) order(target, { path, key: key.slice(ORDER.length) }, value)
  }
  return target
}

interface Position {
  path: string[]
  key: string
}

function mergeValue(target: Json, value: Json, { path, key }: Position): Json {
  if (isObject(value)) {
    return mergeObject(isObject(target) ? target : {}, value, [...path, key])
  }
  if (!Array.isArray(value)) return value
  const { patchKey } = listRuleOf(false, path, key)
  const current: Json[] = Array.isArray(target) ? target : []
  if (patchKey === undefined) return value
  if (patchKey === '') {
    return [...current, ...value.filter((item) => !current.includes(item))]
  }
  return mergeList(current, value, { patchKey, path: [...path, key] })
}

function mergeList(
  current: Json[],
  items: Json[],
  { patchKey, path }: { patchKey: string; path: string[] },
): Json[] {
  if (items.some((item) => isObject(item) && item['$patch'] === 'replace')) {
    return items.filter((item) => !(isObject(item) && item['$patch'] === 'replace'))
  }
  let result = current
  for (const item of items) {
    if (!isObject(item)) throw statusErrors.badRequest('expected an object in a merged list')
    const identity = item[patchKey]
    const same = (other: Json): boolean =>
      isObject(other) && isDeepStrictEqual(other[patchKey], identity)
    if (item['$patch'] === 'delete') {
      result = result.filter((other) => !same(other))
      continue
    }
    if (identity === undefined) {
      throw statusErrors.badRequest(
        `map: ${JSON.stringify(item)} does not contain declared merge key: ${patchKey}`,
      )
    }
    const index = result.findIndex(same)
    const existing = result[index]
    if (isObject(existing)) result[index] = mergeObject(existing, item, path)
    else result = [...result, mergeObject({}, item, path)]
  }
  return result
}

function deleteFrom(target: JsonObject, key: string, values: Json): void {
  const list = target[key]
  if (!Array.isArray(list) || !Array.isArray(values)) return
  target[key] = list.filter((item) => !values.includes(item))
}

/** Sorts the named items as told; the others keep their places behind them. */
function order(target: JsonObject, { path, key }: Position, wanted: Json): void {
  const list = target[key]
  const { patchKey } = listRuleOf(false, path, key)
  if (!Array.isArray(list) || !Array.isArray(wanted) || patchKey === undefined) return
  const identity = (item: Json): Json =>
    patchKey === '' || !isObject(item) ? item : item[patchKey]
  const ranks = wanted.map(identity)
  const rank = (item: Json): number => {
    const index = ranks.findIndex((value) => isDeepStrictEqual(value, identity(item)))
    return index < 0 ? ranks.length : index
  }
  target[key] = list
    .map((item, index) => ({ item, index, rank: rank(item) }))
    .toSorted((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ item }) => item)
}
