import { RowSource } from './row-source.ts'
import { RowTable, type Row } from './row-table.ts'
import type { Lease } from './shared-pool.ts'

/** Several sources as one: the namespaces of a user who may not list all of them. */
export class MergedSource<T extends Row> extends RowSource<T> {
  readonly table: RowTable<T>
  readonly #parts: Lease<RowSource<T>>[]
  readonly #stops: (() => void)[] = []

  constructor(parts: Lease<RowSource<T>>[]) {
    super()
    this.table = new RowTable<T>()
    this.#parts = parts
    for (const { value: source } of parts) {
      for (const row of source.table.rows()) this.table.set(row)
      this.#stops.push(
        source.table.listen(({ before, after }) => {
          if (after) this.table.set(after)
          else if (before) this.table.delete(before.key)
        }),
        source.onHealth(() => this.#updateHealth()),
      )
    }
    this.#updateHealth()
  }

  override dispose(): void {
    super.dispose()
    for (const stop of this.#stops) stop()
    for (const part of this.#parts) part.release()
  }

  /** As good as the worst part, except that a part that failed for good no longer counts. */
  #updateHealth(): void {
    const parts = this.#parts.map(({ value }) => value.health)
    const alive = parts.filter(({ state }) => state !== 'failed')
    const worst =
      alive.find(({ state }) => state === 'retrying') ??
      alive.find(({ state }) => state === 'starting') ??
      alive[0] ??
      parts[0]
    this.setHealth(worst ?? { state: 'live' })
  }
}
