type Fields = Record<string, unknown>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** RFC 7386. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result: Fields = isObject(target) ? { ...target } : {}
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete result[field]
    else result[field] = mergePatch(result[field], value)
  }
  return result
}

/** Like a merge patch, but conditions are merged one by one, by type. */
export function strategicMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const result: Fields = isObject(target) ? { ...target } : {}
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete result[field]
    else if (field === 'conditions' && Array.isArray(value)) {
      result[field] = mergeByType(result[field], value)
    } else result[field] = strategicMergePatch(result[field], value)
  }
  return result
}

function mergeByType(target: unknown, patch: unknown[]): unknown[] {
  const merged = Array.isArray(target) ? [...(target as unknown[])] : []
  for (const item of patch) {
    const type = isObject(item) ? item['type'] : undefined
    const index = merged.findIndex((other) => isObject(other) && other['type'] === type)
    if (index < 0) merged.push(strategicMergePatch({}, item))
    else merged[index] = strategicMergePatch(merged[index], item)
  }
  return merged
}
