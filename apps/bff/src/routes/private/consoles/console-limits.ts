import { BffError } from '../../../errors.ts'
import type { UserSession } from '../../../identity/session.ts'

interface ConsoleLimitsOptions {
  perUser: number
  total: number
}

/**
 * Counts open consoles. Each holds a connection to the cluster and to a node, so one user or
 * a page that opens them in a loop must not take them all.
 */
export class ConsoleLimits {
  readonly #options: ConsoleLimitsOptions
  readonly #byUser = new Map<string, number>()
  #total = 0

  constructor(options: ConsoleLimitsOptions) {
    this.#options = options
  }

  /** Takes a place, or throws a 429 in words; the answer gives it back, however often called. */
  acquire({ user }: Pick<UserSession, 'user'>): () => void {
    const { perUser, total } = this.#options
    const own = this.#byUser.get(user.name) ?? 0
    if (own >= perUser) {
      const message = `You have as many consoles open as you may: ${own}. Close some first.`
      throw new BffError('TooManyRequests', { message })
    }
    if (this.#total >= total) {
      const message = `All ${total} consoles of this console server are in use. Try again later.`
      throw new BffError('TooManyRequests', { message })
    }
    this.#byUser.set(user.name, own + 1)
    this.#total += 1
    let isHeld = true
    return () => {
      if (!isHeld) return
      isHeld = false
      this.#release(user.name)
    }
  }

  #release(name: string): void {
    this.#total -= 1
    const left = (this.#byUser.get(name) ?? 1) - 1
    if (left > 0) this.#byUser.set(name, left)
    else this.#byUser.delete(name)
  }
}
