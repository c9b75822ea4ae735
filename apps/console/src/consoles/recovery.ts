import { backOff, STABLE_AFTER } from './console-state.ts'

/** A guest that is away for longer (ms) has its user asked to sign in again. */
export const LONGEST_LOSS = 10 * 60_000

/** When a session that was lost is tried again, and for how long. */
export class Recovery {
  /** Since when a session is being brought back, and how often that was tried. */
  #loss: { since: number; attempts: number } | undefined
  #connectedAt: number | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Whether there was a session that is not back for good. */
  get isUnderWay(): boolean {
    return this.#loss !== undefined
  }

  /** There is a session, for the first time or again. */
  connected(): void {
    this.#connectedAt = Date.now()
  }

  /** Plans another attempt and numbers it from 1; undefined: it is given up. */
  plan(attempt: () => void): number | undefined {
    clearTimeout(this.#timer)
    const now = Date.now()
    // Only a session that lasted starts the counting anew.
    const lasted = this.#connectedAt === undefined ? 0 : now - this.#connectedAt
    if (lasted >= STABLE_AFTER) this.#loss = undefined
    this.#connectedAt = undefined
    const { since = now, attempts = 0 } = this.#loss ?? {}
    if (now - since > LONGEST_LOSS) return undefined
    this.#loss = { since, attempts: attempts + 1 }
    this.#timer = setTimeout(attempt, backOff(attempts + 1))
    return attempts + 1
  }

  /** The attempt is made now, by whoever calls this. */
  skipPause(): void {
    clearTimeout(this.#timer)
  }

  forget(): void {
    clearTimeout(this.#timer)
    this.#loss = undefined
    this.#connectedAt = undefined
  }
}
