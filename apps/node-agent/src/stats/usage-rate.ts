interface Sample {
  seconds: number
  atSeconds: number
}

/** Rates are over at least this long, however often they are asked for. */
const WINDOW_SECONDS = 10

/** Turns a counter of CPU seconds into what is used now. Nothing is measured until asked. */
export class UsageRate {
  #base: Sample
  #next: Sample

  /** Before the first window is over, the rate is the average since the start. */
  constructor(startedAtSeconds: number) {
    this.#base = { seconds: 0, atSeconds: startedAtSeconds }
    this.#next = this.#base
  }

  /** CPU seconds per second. */
  update(now: Sample): number {
    if (this.#next === this.#base) this.#next = now
    else if (now.atSeconds - this.#next.atSeconds >= WINDOW_SECONDS) {
      this.#base = this.#next
      this.#next = now
    }
    const passed = now.atSeconds - this.#base.atSeconds
    return passed > 0 ? Math.max(0, now.seconds - this.#base.seconds) / passed : 0
  }
}
