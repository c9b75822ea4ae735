/** How much may be on its way to somebody who says what has come; others wait. */
export class SendWindow {
  readonly #limit: number
  #sent = 0
  #confirmed = 0
  #isClosed = false
  #wake = () => {}

  constructor(limit: number) {
    this.#limit = limit
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Takes its place as soon as there is room; false when it was closed instead. */
  async take(bytes: number): Promise<boolean> {
    while (!this.#isClosed && this.#sent - this.#confirmed + bytes > this.#limit) {
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    this.#sent += bytes
    return !this.#isClosed
  }

  /** All that has come so far. */
  confirm(bytes: number): void {
    this.#confirmed = Math.max(this.#confirmed, bytes)
    this.#wake()
  }

  close(): void {
    this.#isClosed = true
    this.#wake()
  }
}
