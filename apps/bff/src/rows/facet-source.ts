import type { FacetRow } from '@virtdeck/bff-contract'
import { RowSource } from './row-source.ts'
import { RowTable, type Row } from './row-table.ts'
import type { Lease } from './shared-pool.ts'

interface FacetSourceOptions<T extends Row> {
  source: Lease<RowSource<T>>
  matches: (row: T) => boolean
  valuesOf: (row: T) => readonly string[]
}

/** The values that the rows of a source have, each with how many rows have it. */
export class FacetSource<T extends Row> extends RowSource<FacetRow> {
  readonly table = new RowTable<FacetRow>()
  readonly #options: FacetSourceOptions<T>
  readonly #stops: (() => void)[]

  constructor(options: FacetSourceOptions<T>) {
    super()
    this.#options = options
    const source = options.source.value
    const counts = new Map<string, number>()
    for (const row of source.table.rows()) {
      for (const value of this.#valuesOf(row)) counts.set(value, (counts.get(value) ?? 0) + 1)
    }
    for (const [key, count] of counts) this.table.set({ key, count })
    this.#stops = [
      source.table.listen(({ before, after }) => {
        const old = this.#valuesOf(before)
        const next = this.#valuesOf(after)
        // Most changes are of something else.
        for (const value of old) if (!next.includes(value)) this.#add(value, -1)
        for (const value of next) if (!old.includes(value)) this.#add(value, 1)
      }),
      source.onHealth((health) => this.setHealth(health)),
    ]
    this.setHealth(source.health)
  }

  override dispose(): void {
    super.dispose()
    for (const stop of this.#stops) stop()
    this.#options.source.release()
  }

  #valuesOf(row: T | undefined): readonly string[] {
    const { matches, valuesOf } = this.#options
    return row && matches(row) ? valuesOf(row) : []
  }

  #add(key: string, difference: number): void {
    const count = (this.table.get(key)?.count ?? 0) + difference
    if (count > 0) this.table.set({ key, count })
    else this.table.delete(key)
  }
}
