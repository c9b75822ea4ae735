/** Work that reports how far it is, from 0 to 1, and can be stopped. */
export type Work = (options: {
  onProgress: (fraction: number) => void
  signal: AbortSignal
}) => Promise<void>

type Outcome = { state: 'succeeded' } | { state: 'failed'; message: string }

interface Entry {
  work: Work
  abort: AbortController
  fraction: number
  running: Promise<void> | undefined
  outcome: Outcome | undefined
}

/** Downloads and copies share disks and two cores: a few at a time. */
const AT_ONCE = 2

/** Runs transfers in the background, some at a time, and remembers how each ended. */
export class TransferQueue {
  readonly #entries = new Map<string, Entry>()

  /** Queues the work unless the key has some already. */
  run(key: string, work: Work): 'waiting' | 'running' {
    if (!this.#entries.has(key)) {
      this.#entries.set(key, {
        work,
        abort: new AbortController(),
        fraction: 0,
        running: undefined,
        outcome: undefined,
      })
      this.#pump()
    }
    return this.#entries.get(key)?.running ? 'running' : 'waiting'
  }

  progressOf(key: string): number {
    return this.#entries.get(key)?.fraction ?? 0
  }

  /** How the work ended; undefined while it has not. */
  outcomeOf(key: string): Outcome | undefined {
    return this.#entries.get(key)?.outcome
  }

  /** Lets the key be run again. */
  forget(key: string): void {
    this.#entries.delete(key)
    this.#pump()
  }

  cancel(key: string): void {
    this.#entries.get(key)?.abort.abort()
    this.forget(key)
  }

  async stop(): Promise<void> {
    const entries = [...this.#entries.values()]
    this.#entries.clear()
    for (const { abort } of entries) abort.abort()
    await Promise.allSettled(entries.flatMap(({ running }) => running ?? []))
  }

  #pump(): void {
    const active = [...this.#entries.values()].filter(
      (entry) => entry.running && !entry.outcome,
    )
    let free = AT_ONCE - active.length
    for (const entry of this.#entries.values()) {
      if (free <= 0) return
      if (entry.running) continue
      free -= 1
      entry.running = this.#perform(entry)
    }
  }

  async #perform(entry: Entry): Promise<void> {
    const { signal } = entry.abort
    try {
      await entry.work({ signal, onProgress: (fraction) => (entry.fraction = fraction) })
      entry.outcome = { state: 'succeeded' }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      entry.outcome = { state: 'failed', message }
    } finally {
      this.#pump()
    }
  }
}
