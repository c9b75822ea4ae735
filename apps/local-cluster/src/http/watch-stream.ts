import type { ServerResponse } from 'node:http'

/** A client that is this far behind is cut off; it lists again and catches up. */
const BACKLOG_LIMIT = 16 * 1024 * 1024

/** Writes a watch's lines to its response, gathering those of one turn into one write. */
export class WatchStream {
  #lines: Buffer[] = []
  #scheduled = false
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  get open(): boolean {
    return !this.#response.writableEnded && !this.#response.destroyed
  }

  write(line: Buffer): void {
    this.#lines.push(line)
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.#flush())
  }

  #flush(): void {
    this.#scheduled = false
    if (!this.open || this.#lines.length === 0) return
    const [first] = this.#lines
    const single = this.#lines.length === 1 && first !== undefined
    this.#response.write(single ? first : Buffer.concat(this.#lines))
    this.#lines = []
    if (this.#response.writableLength > BACKLOG_LIMIT) this.#response.destroy()
  }

  /** Resolves when the client has taken what was written; for long runs of lines. */
  async drained(): Promise<void> {
    this.#flush()
    if (!this.open || !this.#response.writableNeedDrain) return
    await new Promise<void>((resolve) => {
      const done = (): void => {
        this.#response.off('drain', done)
        this.#response.off('close', done)
        resolve()
      }
      this.#response.on('drain', done)
      this.#response.on('close', done)
    })
  }

  end(): void {
    this.#flush()
    if (this.open) this.#response.end()
  }
}
