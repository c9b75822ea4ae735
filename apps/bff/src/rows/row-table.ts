export interface Row {
  key: string
}

export interface RowChange<T extends Row> {
  before: T | undefined
  after: T | undefined
}

export type RowListener<T extends Row> = (change: RowChange<T>) => void

/** All rows of a source by key; rows are never changed, only replaced. */
export class RowTable<T extends Row> {
  readonly #rows = new Map<string, T>()
  readonly #listeners = new Set<RowListener<T>>()
  readonly #same: (a: T, b: T) => boolean

  /** Replacing a row by the `same` one is no change. */
  constructor(same: (a: T, b: T) => boolean = Object.is) {
    this.#same = same
  }

  set(row: T): void {
    const before = this.#rows.get(row.key)
    if (before && this.#same(before, row)) return
    this.#rows.set(row.key, row)
    this.#emit({ before, after: row })
  }

  delete(key: string): void {
    const before = this.#rows.get(key)
    if (!before) return
    this.#rows.delete(key)
    this.#emit({ before, after: undefined })
  }

  get(key: string): T | undefined {
    return this.#rows.get(key)
  }

  rows(): MapIterator<T> {
    return this.#rows.values()
  }

  get size(): number {
    return this.#rows.size
  }

  /** Returns the removal. */
  listen(listener: RowListener<T>): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #emit(change: RowChange<T>): void {
    for (const listener of this.#listeners) listener(change)
  }
}
