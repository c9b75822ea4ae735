import type { Row } from './row-table.ts'
import type { RowView, ViewChange } from './row-view.ts'

export type PageFrame<T extends Row> =
  | { type: 'page'; rows: T[]; total: number }
  | { type: 'delta'; rows: T[]; keys?: string[]; total?: number }

interface PageFeedOptions<T extends Row> {
  view: RowView<T>
  offset: number
  limit: number
  /** At most one frame in this time; {@link FRAME_INTERVAL_MS} unless told. */
  intervalMs?: number | undefined
  /** False while the client still has unread frames: the feed tries again later. */
  ready: () => boolean
  send: (frame: PageFrame<T>) => void
}

export const FRAME_INTERVAL_MS = 100

/**
 * One page of a view on its way to one client: first whole, then what changed. It compares
 * with what was last sent, so whatever happened while a client was slow becomes one frame.
 */
export class PageFeed<T extends Row> {
  readonly #options: PageFeedOptions<T>
  readonly #stop: () => void
  #sent: Map<string, T> | undefined
  #sentTotal = 0
  #lastFrameAt = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: PageFeedOptions<T>) {
    this.#options = options
    this.#stop = options.view.listen((change) => this.#noteChange(change))
    this.#flush()
  }

  dispose(): void {
    this.#stop()
    clearTimeout(this.#timer)
  }

  /** Sends the page whole, for instance to say that it is fresh again. */
  resend(): void {
    this.#sent = undefined
    this.#schedule()
  }

  #noteChange({ first, last, total }: ViewChange): void {
    const { offset, limit } = this.#options
    const touched = first < offset + limit && last >= offset
    if (touched || total) this.#schedule()
  }

  #schedule(atLeastMs = 0): void {
    if (this.#timer !== undefined) return
    const { intervalMs = FRAME_INTERVAL_MS } = this.#options
    const wait = Math.max(atLeastMs, this.#lastFrameAt + intervalMs - performance.now())
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#flush()
    }, wait)
  }

  #flush(): void {
    const { view, offset, limit, ready, send } = this.#options
    if (!ready()) return this.#schedule(FRAME_INTERVAL_MS)
    const rows = view.page(offset, limit)
    const { total } = view
    const frame = this.#frameFor(rows, total)
    this.#sent = new Map(rows.map((row) => [row.key, row]))
    this.#sentTotal = total
    if (!frame) return
    this.#lastFrameAt = performance.now()
    send(frame)
  }

  #frameFor(rows: T[], total: number): PageFrame<T> | undefined {
    const sent = this.#sent
    if (!sent) return { type: 'page', rows, total }
    const changed = rows.filter((row) => sent.get(row.key) !== row)
    const sentKeys = [...sent.keys()]
    const sameKeys =
      rows.length === sentKeys.length && rows.every(({ key }, index) => key === sentKeys[index])
    if (changed.length === 0 && sameKeys && total === this.#sentTotal) return undefined
    return {
      type: 'delta',
      rows: changed,
      ...(sameKeys ? {} : { keys: rows.map(({ key }) => key) }),
      ...(total === this.#sentTotal ? {} : { total }),
    }
  }
}
