import type { Health } from './collection.ts'
import type { Row, RowTable } from './row-table.ts'
import type { RowView } from './row-view.ts'
import { SharedPool } from './shared-pool.ts'

/** Rows that keep themselves up to date, and the views that people look at them through. */
export abstract class RowSource<T extends Row> {
  abstract readonly table: RowTable<T>
  /** By filter and order. */
  readonly views = new SharedPool<RowView<T>>()
  readonly #listeners = new Set<(health: Health) => void>()
  #health: Health = { state: 'starting' }

  get health(): Health {
    return this.#health
  }

  /** Returns the removal. */
  onHealth(listener: (health: Health) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.views.dispose()
    this.#listeners.clear()
  }

  protected setHealth(health: Health): void {
    if (this.#health.state === 'live' && health.state === 'live') return
    this.#health = health
    for (const listener of this.#listeners) listener(health)
  }
}
