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

const sizeOf = ({ json, previous }: Change): number => json.length + (previous?.length ?? 0)

/** The recent changes of one resource, oldest first. */
export class ResourceLog {
  /** Those before the head are forgotten: their places are empty until the next clearing. */
  #changes: (Change | undefined)[] = []
  #head = 0
  #characters = 0
  #floor: number

  constructor(floor: number) {
    this.#floor = floor
  }

  /** Everything after this version is known. */
  get floor(): number {
    return this.#floor
  }

  get length(): number {
    return this.#changes.length - this.#head
  }

  /** How much text is kept. */
  get characters(): number {
    return this.#characters
  }

  append(change: Change): void {
    this.#changes.push(change)
    this.#characters += sizeOf(change)
  }

  /** Forgets the oldest change. */
  drop(): void {
    const oldest = this.#changes[this.#head]
    if (oldest === undefined) return
    this.#floor = oldest.version
    this.#characters -= sizeOf(oldest)
    this.#changes[this.#head] = undefined
    this.#head += 1
    if (this.#head > 1024 && this.#head * 2 > this.#changes.length) {
      this.#changes = this.#changes.slice(this.#head)
      this.#head = 0
    }
  }

  /** The changes after a version, so many at most; throws TooOldError. */
  since(version: number, limit = Number.POSITIVE_INFINITY): Change[] {
    if (version < this.#floor) throw new TooOldError(version, this.#floor)
    let low = this.#head
    let high = this.#changes.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#changes[middle]?.version ?? 0) <= version) low = middle + 1
      else high = middle
    }
    // Nothing at or behind the head is empty.
    return this.#changes.slice(low, low + limit) as Change[]
  }
}
