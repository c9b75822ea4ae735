import type { ParseKeys } from 'i18next'
import type { ReactNode } from 'react'

/** A column of a table. Tables keep theirs in a constant, so that rows can be memoized. */
export interface Column<Row> {
  id: string
  label: ParseKeys
  /** The server can sort by it, under this id. */
  sortable?: boolean
  /** Part of the width, in per cent. */
  width?: 10 | 15 | 20 | 25 | 30 | 35 | 40
  /** Gives way to the others on tablets; the object's own page shows it too. */
  isMinor?: boolean
  cell: (row: Row) => ReactNode
}
