import type { Row, RowChange, RowTable } from './row-table.ts'
import { SortedList, type Compare } from './sorted-list.ts'

/** Positions that a change touched; `total` says that the number of rows changed, too. */
export interface ViewChange {
  first: number
  last: number
  total: boolean
}

export interface ViewOptions<T extends Row> {
  table: RowTable<T>
  matches: (row: T) => boolean
  /** Must tell any two rows apart. */
  compare: Compare<T>
}

/**
 * The rows of a table that match a filter, in order, kept up to date row by row. One view
 * serves all subscriptions with the same filter and order, whatever page they look at.
 */
export class RowView<T extends Row> {
  readonly #options: ViewOptions<T>
  readonly #listeners = new Set<(change: ViewChange) => void>()
  readonly #stop: () => void
  #list: SortedList<T>

  constructor(options: ViewOptions<T>) {
    this.#options = options
    this.#list = this.#build()
    this.#stop = options.table.listen((change) => this.#apply(change))
  }

  get total(): number {
    return this.#list.size
  }

  page(offset: number, limit: number): T[] {
    return this.#list.slice(offset, limit)
  }

  /** Returns the removal. */
  listen(listener: (change: ViewChange) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Asks the filter again about every row, when what it looks at has changed. */
  refilter(): void {
    this.#list = this.#build()
    this.#emit({ first: 0, last: Infinity, total: true })
  }

  dispose(): void {
    this.#stop()
    this.#listeners.clear()
  }

  #build(): SortedList<T> {
    const { table, matches, compare } = this.#options
    return new SortedList([...table.rows()].filter(matches), compare)
  }

  #apply({ before, after }: RowChange<T>): void {
    const { matches, compare } = this.#options
    const old = before && matches(before) ? before : undefined
    const next = after && matches(after) ? after : undefined
    if (old && next && compare(old, next) === 0) {
      const position = this.#list.replace(old, next)
      this.#emit({ first: position, last: position, total: false })
      return
    }
    const from = old ? this.#list.remove(old) : undefined
    const to = next ? this.#list.insert(next) : undefined
    if (from !== undefined && to !== undefined) {
      this.#emit({ first: Math.min(from, to), last: Math.max(from, to), total: false })
    } else if (from !== undefined || to !== undefined) {
      // Everything behind an insert or removal shifts.
      this.#emit({ first: from ?? to ?? 0, last: Infinity, total: true })
    }
  }

  #emit(change: ViewChange): void {
    for (const listener of this.#listeners) listener(change)
  }
}
