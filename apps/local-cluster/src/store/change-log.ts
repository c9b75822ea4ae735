import type { Change } from './change.ts'

/** The changes a watcher or a page asks for are no longer kept. */
export class TooOldError extends Error {
  readonly requested: number
  readonly oldest: number
  constructor(requested: number, oldest: number) {
    super(`too old resource version: ${requested} (${oldest})`)
    this.name = 'TooOldError'
    this.requested = requested
    this.oldest = oldest
  }
}

export type ChangeListener = (change: Change) => void

export interface ChangeLogLimits {
  changes: number
  characters: number
}

const DEFAULT_LIMITS: ChangeLogLimits = { changes: 10_000, characters: 24_000_000 }

/** The recent changes of one resource, oldest first, and who wants to hear of new ones. */
class ResourceLog {
  #changes: Change[] = []
  #head = 0
  #characters = 0
  /** Everything after this version is known. */
  floor: number
  readonly listeners = new Set<ChangeListener>()
  readonly #limits: ChangeLogLimits

  constructor(floor: number, limits: ChangeLogLimits) {
    this.floor = floor
    this.#limits = limits
  }

  append(change: Change): void {
    this.#changes.push(change)
    this.#characters += change.json.length
    const { changes, characters } = this.#limits
    while (this.#changes.length - this.#head > changes || this.#characters > characters) {
      const oldest = this.#changes[this.#head]
      if (oldest === undefined) break
      this.floor = oldest.version
      this.#characters -= oldest.json.length
      this.#head += 1
    }
    if (this.#head > 1024 && this.#head * 2 > this.#changes.length) {
      this.#changes = this.#changes.slice(this.#head)
      this.#head = 0
    }
  }

  /** The changes after a version; throws TooOldError. */
  since(version: number): Change[] {
    if (version < this.floor) throw new TooOldError(version, this.floor)
    let low = this.#head
    let high = this.#changes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#changes[middle]?.version ?? 0) <= version) low = middle + 1
      else high = middle
    }
    return this.#changes.slice(low)
  }
}

/** Keeps the recent changes of every resource in memory and tells listeners of new ones. */
export class ChangeLog {
  readonly #logs = new Map<string, ResourceLog>()
  readonly #floor: number
  readonly #limits: ChangeLogLimits

  constructor(floor: number, limits: Partial<ChangeLogLimits> = {}) {
    this.#floor = floor
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  #logOf(resource: string): ResourceLog {
    let log = this.#logs.get(resource)
    if (log === undefined) {
      log = new ResourceLog(this.#floor, this.#limits)
      this.#logs.set(resource, log)
    }
    return log
  }

  append(change: Change): void {
    const log = this.#logOf(change.resource)
    log.append(change)
    for (const listener of log.listeners) listener(change)
  }

  since(resource: string, version: number): Change[] {
    return this.#logOf(resource).since(version)
  }

  /**
   * Tells of all changes after `version`: the known ones at once, later ones as they come. Returns
   * the function that ends it; throws TooOldError.
   */
  subscribe(resource: string, version: number, listener: ChangeListener): () => void {
    const log = this.#logOf(resource)
    const known = log.since(version)
    // A list may have seen a commit an instant before the log hears of it.
    const guarded: ChangeListener = (change) => {
      if (change.version > version) listener(change)
    }
    log.listeners.add(guarded)
    for (const change of known) listener(change)
    return () => log.listeners.delete(guarded)
  }
}
