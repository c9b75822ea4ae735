interface Entry<T> {
  value: T
  holders: number
  linger: ReturnType<typeof setTimeout> | undefined
}

export interface Lease<T> {
  value: T
  release: () => void
  /** Takes a broken thing out, so that the next one to ask gets a new one. */
  evict: () => void
}

interface Disposable {
  dispose: () => void
}

/** After the last user left, things stay warm this long: a reload must not list anew. */
export const LINGER_MS = 60_000

/** Things made on first use, shared by key, and disposed of a while after their last use. */
export class SharedPool<T extends Disposable> {
  readonly #entries = new Map<string, Entry<T>>()

  acquire(key: string, create: () => T): Lease<T> {
    let entry = this.#entries.get(key)
    if (!entry) {
      entry = { value: create(), holders: 0, linger: undefined }
      this.#entries.set(key, entry)
    }
    return this.#lease(key, entry)
  }

  /** What is there already under that key, if anything. */
  acquireExisting(key: string): Lease<T> | undefined {
    const entry = this.#entries.get(key)
    return entry && this.#lease(key, entry)
  }

  #evict(key: string, entry: Entry<T>): void {
    clearTimeout(entry.linger)
    // Under that key there may be a newer one by now.
    if (this.#entries.get(key) === entry) this.#entries.delete(key)
    entry.value.dispose()
  }

  get size(): number {
    return this.#entries.size
  }

  dispose(): void {
    for (const [key, entry] of this.#entries) this.#evict(key, entry)
  }

  #lease(key: string, entry: Entry<T>): Lease<T> {
    clearTimeout(entry.linger)
    entry.holders += 1
    let released = false
    return {
      value: entry.value,
      evict: () => this.#evict(key, entry),
      release: () => {
        if (released) return
        released = true
        entry.holders -= 1
        if (entry.holders > 0) return
        entry.linger = setTimeout(() => this.#evict(key, entry), LINGER_MS)
        entry.linger.unref()
      },
    }
  }
}
