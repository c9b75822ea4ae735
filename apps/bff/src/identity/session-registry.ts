/**
 * What this process remembers of sessions beyond their cookies: sign-outs, so that a copied
 * cookie ends with them, and the newest end of a session, because an open socket never gets
 * the renewed cookie. Losing it (restart, other replica) only makes a socket connect again.
 */
export class SessionRegistry {
  readonly #expiresAt = new Map<string, number>()
  readonly #ended = new Map<string, number>()

  /** Notes until when a session is valid by its newest cookie. */
  renew(id: string, expiresAt: number): void {
    this.#forget()
    this.#expiresAt.set(id, expiresAt)
  }

  end(id: string, expiresAt: number): void {
    this.#ended.set(id, expiresAt)
    this.#expiresAt.delete(id)
  }

  /** Whether the session is still valid, for a socket opened with an older cookie, too. */
  isValid({ id, expiresAt }: { id: string; expiresAt: number }): boolean {
    if (this.#ended.has(id)) return false
    return Math.max(expiresAt, this.#expiresAt.get(id) ?? 0) > Date.now()
  }

  #forget(): void {
    const now = Date.now()
    for (const map of [this.#expiresAt, this.#ended]) {
      for (const [id, expiresAt] of map) if (expiresAt < now) map.delete(id)
    }
  }
}
