import type { ServerResponse } from 'node:http'

/** A client that does not even take the end is cut off after so many milliseconds. */
const PATIENCE = 10_000

/** The response of a watch: takes whole lines, and says when the client has had enough for now. */
export class WatchStream {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  get open(): boolean {
    return !this.#response.writableEnded && !this.#response.destroyed
  }

  /** Nothing more should be written until `drained`. */
  get full(): boolean {
    return this.#response.writableNeedDrain
  }

  write(lines: Buffer[]): void {
    const [first] = lines
    if (!this.open || first === undefined) return
    this.#response.write(lines.length === 1 ? first : Buffer.concat(lines))
  }

  /** Resolves when the client has taken what was written, or is gone. */
  async drained(): Promise<void> {
    if (!this.open || !this.full) return
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
    if (!this.open) return
    this.#response.end()
    const cutting = setTimeout(() => this.cut(), PATIENCE)
    this.#response.once('close', () => clearTimeout(cutting))
  }

  cut(): void {
    this.#response.destroy()
  }
}
