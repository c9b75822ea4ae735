import type { Change } from './change.ts'
import { ResourceLog } from './resource-log.ts'

export type ChangeListener = (change: Change) => void

export interface ChangeLogLimits {
  /** Of one resource. */
  changes: number
  /** Of one resource. */
  characters: number
  /** Of all resources together. */
  totalCharacters: number
}

const DEFAULT_LIMITS: ChangeLogLimits = {
  changes: 10_000,
  characters: 32_000_000,
  totalCharacters: 96_000_000,
}

interface Followed {
  log: ResourceLog
  listeners: Set<ChangeListener>
  /** Told once for many changes. */
  followers: Set<() => void>
}

/**
 * Keeps the recent changes of every resource in memory, within limits, and tells of new ones.
 * Whoever is slow reads on from here, so nothing has to be kept for each of them.
 */
export class ChangeLog {
  readonly #resources = new Map<string, Followed>()
  readonly #floor: number
  readonly #limits: ChangeLogLimits
  #characters = 0

  constructor(floor: number, limits: Partial<ChangeLogLimits> = {}) {
    this.#floor = floor
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  #of(resource: string): Followed {
    let followed = this.#resources.get(resource)
    if (followed === undefined) {
      followed = {
        log: new ResourceLog(this.#floor),
        listeners: new Set(),
        followers: new Set(),
      }
      this.#resources.set(resource, followed)
    }
    return followed
  }

  /** Takes changes in the order of their versions. */
  append(changes: readonly Change[]): void {
    const changed = new Set<Followed>()
    for (const change of changes) {
      const followed = this.#of(change.resource)
      changed.add(followed)
      const { log, listeners } = followed
      const before = log.characters
      log.append(change)
      while (log.length > this.#limits.changes || log.characters > this.#limits.characters) {
        log.drop()
      }
      this.#characters += log.characters - before
      this.#keepWithinTotal()
      for (const listener of listeners) listener(change)
    }
    for (const { followers } of changed) for (const follower of followers) follower()
  }

  /** The busiest resource gives way: those that change rarely stay known for long. */
  #keepWithinTotal(): void {
    while (this.#characters > this.#limits.totalCharacters) {
      let largest: ResourceLog | undefined
      for (const { log } of this.#resources.values()) {
        if (largest === undefined || log.characters > largest.characters) largest = log
      }
      if (largest === undefined || largest.length === 0) return
      const before = largest.characters
      largest.drop()
      this.#characters += largest.characters - before
    }
  }

  /** The changes after a version, so many at most; throws TooOldError. */
  since(resource: string, version: number, limit?: number): Change[] {
    return this.#of(resource).log.since(version, limit)
  }

  /** Whether changes after this version are forgotten. */
  isTooOld(resource: string, version: number): boolean {
    return version < this.#of(resource).log.floor
  }

  /** Calls back after each commit that changed the resource. Returns the function that ends it. */
  follow(resource: string, follower: () => void): () => void {
    const { followers } = this.#of(resource)
    followers.add(follower)
    return () => followers.delete(follower)
  }

  /**
   * Tells of all changes after `version`: the known ones at once, later ones as they come. Returns
   * the function that ends it; throws TooOldError.
   */
  subscribe(resource: string, version: number, listener: ChangeListener): () => void {
    const { log, listeners } = this.#of(resource)
    const known = log.since(version)
    // A list may have seen a commit an instant before the log hears of it.
    const guarded: ChangeListener = (change) => {
      if (change.version > version) listener(change)
    }
    listeners.add(guarded)
    for (const change of known) listener(change)
    return () => listeners.delete(guarded)
  }
}
