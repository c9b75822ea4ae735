import { isDeepStrictEqual } from 'node:util'

/** Drops fields that are undefined, as they would not be on the wire. */
export function onWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}

/**
 * The part of `wanted` that differs from `current`, as a merge patch; undefined when nothing does.
 * A field that `wanted` names as undefined is removed.
 */
export function differences<T extends object>(
  current: T | undefined,
  wanted: Partial<T>,
): Record<string, unknown> | undefined {
  const patch: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(wanted)) {
    const before = (current as Record<string, unknown> | undefined)?.[field]
    const after = value === undefined ? undefined : onWire(value as unknown)
    if (isDeepStrictEqual(before, after)) continue
    patch[field] = after ?? null
  }
  return Object.keys(patch).length === 0 ? undefined : patch
}
