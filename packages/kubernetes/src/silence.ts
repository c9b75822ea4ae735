/**
 * Gives a request up when nothing was heard of it for too long: a connection whose other end is
 * gone, or stuck, looks just like one on which nothing happens.
 */
export class Silence {
  readonly #limit: number
  readonly #controller = new AbortController()
  #timer: ReturnType<typeof setTimeout>
  /** Aborts after the silence, or with the parent. */
  readonly signal: AbortSignal

  constructor(limit: number, parent: AbortSignal) {
    this.#limit = limit
    this.#timer = this.#start()
    this.signal = AbortSignal.any([parent, this.#controller.signal])
  }

  /** Whether it was too long. */
  get broken(): boolean {
    return this.#controller.signal.aborted
  }

  heard(): void {
    clearTimeout(this.#timer)
    this.#timer = this.#start()
  }

  end(): void {
    clearTimeout(this.#timer)
  }

  #start(): ReturnType<typeof setTimeout> {
    const reason = `nothing heard for ${this.#limit / 1_000} s`
    return setTimeout(() => this.#controller.abort(new Error(reason)), this.#limit)
  }
}
