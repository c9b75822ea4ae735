import type { MetricsSource } from '@virtdeck/bff-contract'
import { Histories } from './histories.ts'
import { Rates } from './rates.ts'
import type { Reading } from './reading.ts'

/** One way to learn what VMs use; rejects where it cannot be gone. */
export interface MetricsReader {
  source: MetricsSource
  read: (signal: AbortSignal) => Promise<Reading[]>
}

const INTERVAL_MS = 15_000
/** Rates need two readings: the second comes sooner. */
const SECOND_AFTER_MS = 2_000
const PATIENCE_MS = 10_000
/** How often a better way than the present one is tried again. */
const RETRY_MS = 5 * 60_000

/** Reads every 15 s in the best way there is, and keeps what it has read. */
export class MetricsCollector {
  readonly histories = new Histories()
  readonly #readers: readonly MetricsReader[]
  readonly #end = new AbortController()
  #rates = new Rates()
  #source: MetricsSource | undefined
  #message: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #triedBestAt = 0
  #first: Promise<void> | undefined

  /** The readers from the best to the last resort. */
  constructor(readers: readonly MetricsReader[]) {
    this.#readers = readers
  }

  /** The way that works, or why none does. */
  get origin(): { source?: MetricsSource; message?: string } {
    return {
      ...(this.#source && { source: this.#source }),
      ...(this.#message !== undefined && { message: this.#message }),
    }
  }

  /** Begins, once; resolves when it is known whether figures can be had. */
  start(): Promise<void> {
    this.#first ??= this.#round(SECOND_AFTER_MS)
    return this.#first
  }

  dispose(): void {
    this.#end.abort()
    clearTimeout(this.#timer)
  }

  async #round(interval = INTERVAL_MS): Promise<void> {
    const started = Date.now()
    await this.#collect(started)
    if (this.#end.signal.aborted) return
    const wait = Math.max(0, interval - (Date.now() - started))
    this.#timer = setTimeout(() => void this.#round(), wait)
    this.#timer.unref()
  }

  async #collect(now: number): Promise<void> {
    const failures: unknown[] = []
    for (const reader of this.#candidates(now)) {
      try {
        const signal = AbortSignal.any([this.#end.signal, AbortSignal.timeout(PATIENCE_MS)])
        const readings = await reader.read(signal)
        this.#changeTo(reader.source)
        this.histories.add(now, this.#rates.update(readings, now))
        return
      } catch (error) {
        failures.push(error)
      }
    }
    this.#changeTo(undefined)
    this.#message = failures.map(messageOf).join('; ')
  }

  /** A way that was refused is not gone every 15 s as long as another one works. */
  #candidates(now: number): readonly MetricsReader[] {
    const present = this.#readers.findIndex(({ source }) => source === this.#source)
    if (present > 0 && now - this.#triedBestAt < RETRY_MS) return this.#readers.slice(present)
    this.#triedBestAt = now
    return this.#readers
  }

  #changeTo(source: MetricsSource | undefined): void {
    // What another source counts does not continue what this one did.
    if (source !== this.#source) this.#rates = new Rates()
    this.#source = source
    this.#message = undefined
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
