import { isDeepStrictEqual } from 'node:util'

type Fields = Record<string, unknown>

/**
 * What must be merged into `before` so that it becomes `after`: removed fields are null, lists
 * are replaced as wholes. Undefined if they are the same.
 */
export function mergePatch(before: object = {}, after: object): Fields | undefined {
  const old = before as Fields
  const wanted = after as Fields
  const patch: Fields = {}
  for (const name of new Set([...Object.keys(old), ...Object.keys(wanted)])) {
    const value = wanted[name]
    if (value === undefined) {
      if (old[name] !== undefined && old[name] !== null) patch[name] = null
    } else if (isFields(old[name]) && isFields(value)) {
      const inner = mergePatch(old[name], value)
      if (inner) patch[name] = inner
    } else if (!isDeepStrictEqual(old[name], value)) patch[name] = value
  }
  return Object.keys(patch).length === 0 ? undefined : patch
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
