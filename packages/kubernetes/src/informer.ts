import type { KubernetesClient } from './client.ts'
import { keyOf, type KubernetesObject } from './object.ts'
import type { ResourceRef } from './resources.ts'
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
}

const MAX_BACKOFF_MS = 10_000

/**
 * Keeps a local copy of a collection: lists in pages, watches, resumes from the last
 * resourceVersion after any break, and lists again when that is too old (410).
 * Handlers see every change once, also across restarts of the API server.
 */
export class Informer<T extends KubernetesObject> {
  readonly #options: InformerOptions
  readonly #objects = new Map<string, T>()
  readonly #handlers = new Set<InformerHandlers<T>>()
  readonly #stopped = new AbortController()
  #resourceVersion: string | undefined
  #failures = 0
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
      try {
        if (this.#resourceVersion === undefined) await this.#relist()
        await this.#watch()
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof StatusError && error.code === 410) {
          this.#resourceVersion = undefined
          continue
        }
        this.#failures += 1
        for (const handlers of this.#handlers) handlers.onError?.(error)
      }
      if (this.#failures > 0)
        await delay(backoff(this.#failures), signal).catch(() => undefined)
    }
  }

  async #relist(): Promise<void> {
    const { client, resource, namespace, labelSelector, fieldSelector } = this.#options
    const { signal } = this.#stopped
    const options = { namespace, labelSelector, fieldSelector, signal }
    const seen = new Set<string>()
    let resourceVersion: string | undefined
    // Page by page, so that `transform` drops most of one before the next is parsed.
    for await (const page of client.listPages<T>(resource, options)) {
      resourceVersion ??= page.metadata.resourceVersion
      for (const item of page.items) {
        seen.add(keyOf(item))
        this.#store(item)
      }
    }
    for (const [key, object] of this.#objects) {
      if (!seen.has(key)) this.#remove(key, object)
    }
    this.#resourceVersion = resourceVersion
    this.#failures = 0
    this.#synced = true
    for (const resolve of this.#waiters.splice(0)) resolve()
  }

  async #watch(): Promise<void> {
    const { client, resource, namespace, labelSelector, fieldSelector } = this.#options
    const events = client.watch<T>(resource, {
      namespace,
      labelSelector,
      fieldSelector,
      resourceVersion: this.#resourceVersion,
      allowBookmarks: true,
      signal: this.#stopped.signal,
    })
    const startedAt = Date.now()
    for await (const { type, object } of events) {
      this.#failures = 0
      this.#resourceVersion = object.metadata?.resourceVersion
      if (type === 'DELETED') this.#remove(keyOf(object), object)
      else if (type !== 'BOOKMARK') this.#store(object)
    }
    // A server that ends watches as soon as they start must not be asked again at once.
    this.#failures = Date.now() - startedAt < 1_000 ? this.#failures + 1 : 0
  }

  #store(received: T): void {
    const key = keyOf(received)
    const old = this.#objects.get(key)
    const same = old?.metadata?.resourceVersion === received.metadata?.resourceVersion
    if (old && same && old.metadata?.uid === received.metadata?.uid) return
    const object = (this.#options.transform?.(received) ?? received) as T
    this.#objects.set(key, object)
    for (const handlers of this.#handlers) {
      if (old) handlers.onUpdate?.(object, old)
      else handlers.onAdd?.(object)
    }
  }

  #remove(key: string, object: T): void {
    if (!this.#objects.delete(key)) return
    for (const handlers of this.#handlers) handlers.onDelete?.(object)
  }
}

/** Exponential from 0.2 s to 10 s, with jitter so that clients do not return together. */
function backoff(failures: number): number {
  const base = Math.min(MAX_BACKOFF_MS, 100 * 2 ** failures)
  return base / 2 + (Math.random() * base) / 2
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort)
      resolve()
    }, milliseconds)
    if (signal.aborted) abort()
    else signal.addEventListener('abort', abort, { once: true })
  })
}
