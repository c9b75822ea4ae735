export interface WorkqueueOptions {
  /** Handles one key; a rejection puts the key back with exponential back-off. */
  reconcile: (key: string) => Promise<RequeueAfter | void>
  onError?: (key: string, error: unknown) => void
  /** Keys worked on at the same time; a key is never worked on twice at once. */
  concurrency?: number
}

/** Ask for the key to come back after that time even if nothing changes. */
export interface RequeueAfter {
  requeueAfterMs: number
}

const FIRST_RETRY_MS = 50
const LAST_RETRY_MS = 30_000

/** A queue of keys for a controller: keys are deduplicated while they wait and retried when they fail. */
export class Workqueue {
  readonly #options: WorkqueueOptions
  readonly #waiting = new Set<string>()
  readonly #running = new Set<string>()
  readonly #failures = new Map<string, number>()
  readonly #timers = new Map<string, { timer: ReturnType<typeof setTimeout>; due: number }>()
  #stopped = false
  #idle: (() => void)[] = []

  constructor(options: WorkqueueOptions) {
    this.#options = options
  }

  add(key: string): void {
    if (this.#stopped) return
    this.#waiting.add(key)
    this.#pump()
  }

  /** Adds the key after that time, or when it is due already if that is sooner. */
  addAfter(key: string, milliseconds: number): void {
    if (this.#stopped) return
    const due = performance.now() + milliseconds
    const present = this.#timers.get(key)
    if (present && present.due <= due) return
    clearTimeout(present?.timer)
    const timer = setTimeout(() => {
      this.#timers.delete(key)
      this.add(key)
    }, milliseconds)
    this.#timers.set(key, { timer, due })
  }

  /** Takes no more keys and resolves when those being worked on are done. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const { timer } of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    this.#waiting.clear()
    if (this.#running.size > 0) await new Promise<void>((resolve) => this.#idle.push(resolve))
  }

  #pump(): void {
    const limit = this.#options.concurrency ?? 1
    for (const key of this.#waiting) {
      if (this.#running.size >= limit) return
      if (this.#running.has(key)) continue
      this.#waiting.delete(key)
      this.#running.add(key)
      void this.#work(key)
    }
  }

  async #work(key: string): Promise<void> {
    try {
      const again = await this.#options.reconcile(key)
      this.#failures.delete(key)
      if (again) this.addAfter(key, again.requeueAfterMs)
    } catch (error) {
      const failures = (this.#failures.get(key) ?? 0) + 1
      this.#failures.set(key, failures)
      this.#options.onError?.(key, error)
      this.addAfter(key, Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)))
    } finally {
      this.#running.delete(key)
      if (this.#stopped && this.#running.size === 0)
        for (const done of this.#idle.splice(0)) done()
      this.#pump()
    }
  }
}
