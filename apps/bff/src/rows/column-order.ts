import type { Compare } from './sorted-list.ts'

export type Sort<Column extends string> = {
  column: Column
  direction: 'ascending' | 'descending'
}

export const order = <V extends string | number>(a: V, b: V): number =>
  a < b ? -1 : a > b ? 1 : 0

/** By a column, then by key; rows without a value come last in both directions. */
export function byColumn<T extends { key: string }>(
  valueOf: (row: T) => string | number,
  direction: 'ascending' | 'descending',
): Compare<T> {
  const sign = direction === 'ascending' ? 1 : -1
  return (a, b) => {
    const left = valueOf(a)
    const right = valueOf(b)
    if (left !== right) {
      if (left === '') return 1
      if (right === '') return -1
      return sign * order(left, right)
    }
    return sign * order(a.key, b.key)
  }
}
