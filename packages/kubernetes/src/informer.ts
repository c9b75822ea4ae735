import { backoff, wait } from './backoff.ts'
import type { KubernetesClient } from './client.ts'
import { keyOf, type KubernetesObject } from './object.ts'
import type { ResourceRef } from './resources.ts'
import { Silence } from './silence.ts'
import { StatusError } from './status.ts'

export interface InformerHandlers<T> {
  onAdd?: (object: T) => void
  onUpdate?: (object: T, old: T) => void
  onDelete?: (object: T) => void
  /** A list or watch failed and will be tried again; the cache keeps its last content. */
  onError?: (error: unknown) => void
}

export interface InformerOptions {
  client: KubernetesClient
  resource: ResourceRef
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  /** Waits between attempts; tests inject it. */
  delay?: (milliseconds: number, signal: AbortSignal) => Promise<void>
  /** Drops what is not needed from each object before it is kept, to save memory. */
  transform?: (object: KubernetesObject) => KubernetesObject
  /**
   * After so many milliseconds without a word a connection is taken for dead, and the watch goes
   * on over another. API servers send bookmarks each minute.
   */
  silenceLimit?: number
}

const SILENCE_LIMIT = 90_000
/** A watch that held so long worked; what ends it then is no reason to wait. */
const STEADY_AFTER = 5_000
/** A server's wish is respected up to here. */
const LONGEST_RETRY_AFTER = 60_000

/**
 * Keeps a local copy of a collection: lists in pages, watches, resumes from the last
 * resourceVersion after any break, and lists again when that is too old (410).
 * Handlers see every change once and in order, also across restarts of the API server; after a
 * new list they see the difference, and an object made anew under its name as deleted and added.
 */
export class Informer<T extends KubernetesObject> {
  readonly #options: InformerOptions
  readonly #objects = new Map<string, T>()
  readonly #handlers = new Set<InformerHandlers<T>>()
  readonly #stopped = new AbortController()
  #resourceVersion: string | undefined
  /** In a row, without an event or a steady watch in between. */
  #failures = 0
  /** The pages of the last list became too old while they were read. */
  #pagesExpired = false
  #synced = false
  #waiters: (() => void)[] = []

  constructor(options: InformerOptions) {
    this.#options = options
  }

  /** True once the first list is in. */
  get synced(): boolean {
    return this.#synced
  }

  get(key: string): T | undefined {
    return this.#objects.get(key)
  }

  list(): IterableIterator<T> {
    return this.#objects.values()
  }

  get size(): number {
    return this.#objects.size
  }

  /** Adds handlers; objects already known are replayed to `onAdd`. Returns the removal. */
  subscribe(handlers: InformerHandlers<T>): () => void {
    this.#handlers.add(handlers)
    for (const object of this.#objects.values()) handlers.onAdd?.(object)
    return () => this.#handlers.delete(handlers)
  }

  /** Starts in the background. */
  start(): this {
    void this.#run()
    return this
  }

  stop(): void {
    this.#stopped.abort()
  }

  /** Resolves when the first list is in. */
  whenSynced(): Promise<void> {
    if (this.#synced) return Promise.resolve()
    return new Promise((resolve) => this.#waiters.push(resolve))
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopped
    const delay = this.#options.delay ?? wait
    while (!signal.aborted) {
      let pause = 0
      try {
        if (this.#resourceVersion === undefined) await this.#relist()
        await this.#watch()
        if (this.#failures > 0) pause = backoff(this.#failures)
      } catch (error) {
        if (signal.aborted) return
        pause = this.#failed(error)
      }
      if (pause > 0) await delay(pause, signal).catch(() => undefined)
    }
  }

  /** Notes a failure and answers how long to wait before the next attempt. */
  #failed(error: unknown): number {
    this.#failures += 1
    if (!(error instanceof StatusError)) {
      this.#report(error)
      return backoff(this.#failures)
    }
    if (error.code === 410) {
      this.#pagesExpired = this.#resourceVersion === undefined
      this.#resourceVersion = undefined
      // The first time it is an ordinary part of the protocol.
      return this.#failures > 1 ? backoff(this.#failures) : 0
    }
    this.#report(error)
    const wish = (error.status.details?.retryAfterSeconds ?? 0) * 1_000
    return Math.max(backoff(this.#failures), Math.min(wish, LONGEST_RETRY_AFTER))
  }

  #report(error: unknown): void {
    for (const handlers of this.#handlers) handlers.onError?.(error)
  }

  get #selection(): Pick<InformerOptions, 'namespace' | 'labelSelector' | 'fieldSelector'> {
    const { namespace, labelSelector, fieldSelector } = this.#options
    return { namespace, labelSelector, fieldSelector }
  }

  #silence(): Silence {
    return new Silence(this.#options.silenceLimit ?? SILENCE_LIMIT, this.#stopped.signal)
  }

  async #relist(): Promise<void> {
    const { client, resource } = this.#options
    const seen = new Set<string>()
    let resourceVersion: string | undefined
    const silence = this.#silence()
    const options = {
      ...this.#selection,
      signal: silence.signal,
      // Where pages expire before the last is read, one answer cannot.
      ...(this.#pagesExpired ? { limit: 0 } : {}),
    }
    try {
      // Page by page, so that `transform` drops most of one before the next is parsed.
      for await (const page of client.listPages<T>(resource, options)) {
        if (this.#stopped.signal.aborted) return
        silence.heard()
        resourceVersion ??= page.metadata.resourceVersion
        for (const item of page.items) {
          seen.add(keyOf(item))
          this.#store(item)
        }
      }
    } finally {
      silence.end()
    }
    for (const [key, object] of this.#objects) {
      if (!seen.has(key)) this.#remove(key, object)
    }
    this.#resourceVersion = resourceVersion
    this.#pagesExpired = false
    this.#synced = true
    for (const resolve of this.#waiters.splice(0)) resolve()
  }

  /** Resolves when the server ends the watch or nothing more is heard of it. */
  async #watch(): Promise<void> {
    const { client, resource } = this.#options
    const startedAt = Date.now()
    const silence = this.#silence()
    try {
      const events = client.watch<T>(resource, {
        ...this.#selection,
        resourceVersion: this.#resourceVersion,
        allowBookmarks: true,
        signal: silence.signal,
      })
      for await (const { type, object } of events) {
        // Events that had arrived before `stop` are not delivered after it.
        if (this.#stopped.signal.aborted) return
        silence.heard()
        this.#failures = 0
        this.#resourceVersion = object.metadata?.resourceVersion ?? this.#resourceVersion
        if (type === 'DELETED') this.#remove(keyOf(object), object)
        else if (type !== 'BOOKMARK') this.#store(object)
      }
    } catch (error) {
      if (!silence.broken) throw error
    } finally {
      silence.end()
      if (Date.now() - startedAt >= STEADY_AFTER) this.#failures = 0
    }
    // A server that ends watches as soon as they start must not be asked again at once.
    if (Date.now() - startedAt < 1_000) this.#failures += 1
  }

  #store(received: T): void {
    const key = keyOf(received)
    const known = this.#objects.get(key)
    const another = known !== undefined && known.metadata?.uid !== received.metadata?.uid
    // Its deletion was missed.
    if (another) this.#remove(key, known)
    const old = another ? undefined : known
    const same = old?.metadata?.resourceVersion === received.metadata?.resourceVersion
    if (old && same) return
    const object = (this.#options.transform?.(received) ?? received) as T
    this.#objects.set(key, object)
    this.#tell((handlers) => {
      if (old) handlers.onUpdate?.(object, old)
      else handlers.onAdd?.(object)
    })
  }

  #remove(key: string, object: T): void {
    if (!this.#objects.delete(key)) return
    this.#tell((handlers) => handlers.onDelete?.(object))
  }

  /** Tells all handlers, also when one of them throws; then throws what that one did. */
  #tell(call: (handlers: InformerHandlers<T>) => void): void {
    let failure: { error: unknown } | undefined
    for (const handlers of this.#handlers) {
      try {
        call(handlers)
      } catch (error) {
        failure ??= { error }
      }
    }
    if (failure !== undefined) throw failure.error
  }
}
