import type { ApiErrorBody } from '@virtdeck/bff-contract'
import { toErrorBody } from '../errors.ts'
import type { Health } from './collection.ts'
import { PageFeed, type PageFrame } from './page-feed.ts'
import type { RowSource } from './row-source.ts'
import type { Row } from './row-table.ts'
import { RowView, type ViewOptions } from './row-view.ts'
import type { Lease } from './shared-pool.ts'

export type ErrorFrame = { type: 'error'; error: ApiErrorBody; retrying: boolean }

/** Where frames go: one query of one client. */
export interface FrameSink<Frame> {
  ready: () => boolean
  send: (frame: Frame | ErrorFrame) => void
}

export interface PageSubscriptionOptions<T extends Row> {
  source: Lease<RowSource<T>>
  filter: Pick<ViewOptions<T>, 'matches' | 'compare'> & { key: string }
  offset: number
  limit: number
  intervalMs?: number | undefined
  sink: FrameSink<PageFrame<T>>
  /** The source will never work (again) for this client. */
  onFailed: (error: unknown) => void
}

/** A page of a source: waits for its first content, then feeds; says when it is stale. */
export class PageSubscription<T extends Row> {
  readonly #options: PageSubscriptionOptions<T>
  readonly #stopHealth: () => void
  #view: Lease<RowView<T>> | undefined
  #feed: PageFeed<T> | undefined
  #stale = false

  constructor(options: PageSubscriptionOptions<T>) {
    this.#options = options
    const source = options.source.value
    this.#stopHealth = source.onHealth((health) => this.#onHealth(health))
    this.#onHealth(source.health)
  }

  /** Asks the filter again about every row. */
  refilter(): void {
    this.#view?.value.refilter()
  }

  dispose(): void {
    this.#stopHealth()
    this.#feed?.dispose()
    this.#view?.release()
    this.#options.source.release()
  }

  #onHealth(health: Health): void {
    switch (health.state) {
      case 'starting':
        return
      case 'live':
        return this.#onLive()
      case 'retrying':
        if (!this.#stale) this.#sendError(health.error)
        this.#stale = true
        return
      case 'failed':
        return this.#options.onFailed(health.error)
      default:
        return health satisfies never
    }
  }

  #onLive(): void {
    if (this.#feed) {
      if (this.#stale) this.#feed.resend()
    } else {
      const { source, filter, offset, limit, intervalMs, sink } = this.#options
      const { table, views } = source.value
      this.#view = views.acquire(filter.key, () => new RowView({ table, ...filter }))
      this.#feed = new PageFeed({ view: this.#view.value, offset, limit, intervalMs, ...sink })
    }
    this.#stale = false
  }

  #sendError(error: unknown): void {
    this.#options.sink.send({ type: 'error', error: toErrorBody(error), retrying: true })
  }
}
