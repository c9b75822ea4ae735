import type { Change } from './change.ts'
import type { KeyRange } from './keys.ts'

export interface Entry {
  key: string
  json: string
}

/**
 * The first `limit` entries of a range as they were before `changes`: today's rows with the
 * changes since then undone. Pages of one list so show one state, without keeping a read
 * transaction of the database open between requests (which would stop pages from being reused).
 */
export function mergeAtVersion(options: {
  rows: Iterable<{ key: string; value: string }>
  changes: readonly Change[]
  range: KeyRange
  limit: number
}): Entry[] {
  const { rows, changes, range, limit } = options
  // The first change of a key since the version knows what was there at the version.
  const before = new Map<string, string | undefined>()
  for (const { key, previous } of changes) {
    if (key >= range.start && key < range.end && !before.has(key)) before.set(key, previous)
  }
  const undone = [...before.keys()].toSorted((a, b) => (a < b ? -1 : 1))
  const entries: Entry[] = []
  let next = 0
  const undoUpTo = (key: string | undefined): void => {
    for (; next < undone.length && entries.length < limit; next += 1) {
      const candidate = undone[next]
      if (candidate === undefined || (key !== undefined && candidate > key)) return
      const json = before.get(candidate)
      if (json !== undefined) entries.push({ key: candidate, json })
    }
  }
  for (const { key, value } of rows) {
    undoUpTo(key)
    if (entries.length >= limit) return entries
    if (!before.has(key)) entries.push({ key, json: value })
    if (entries.length >= limit) return entries
  }
  undoUpTo(undefined)
  return entries
}
