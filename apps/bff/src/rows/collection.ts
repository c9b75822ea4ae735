import {
  Informer,
  StatusError,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import { BffError } from '../errors.ts'
import type { Credentials } from '../upstream/credentials.ts'
import type { Upstream } from '../upstream/upstream.ts'

/** Whether what one sees is up to date: `failed` is for good, `retrying` may pass. */
export type Health =
  | { state: 'starting' | 'live' }
  | { state: 'retrying' | 'failed'; error: unknown }

export interface CollectionOptions {
  upstream: Upstream
  credentials: Credentials
  resource: ResourceRef
  namespace?: string | undefined
  labelSelector?: string | undefined
  fieldSelector?: string | undefined
  transform?: (object: KubernetesObject) => KubernetesObject
}

/** Answers that trying again does not change: not signed in, no permission, no such resource. */
const FINAL_CODES = [400, 401, 403, 404, 405]

/**
 * What was allowed before may be refused for some seconds after an API server started, until
 * it has read its roles and custom resources; then the refusal counts.
 */
const MAX_REFUSALS = 5

/** An informer that knows how it is doing. */
export class Collection<T extends KubernetesObject> {
  readonly informer: Informer<T>
  readonly #listeners = new Set<(health: Health) => void>()
  #health: Health = { state: 'starting' }

  constructor({ upstream, credentials, ...options }: CollectionOptions) {
    let refusals = 0
    const isFinal = (error: unknown) => {
      if (!(error instanceof StatusError) || !FINAL_CODES.includes(error.code)) return false
      // Own credentials may be renewed by the next attempt.
      if (error.code === 401 && credentials.kind === 'own') return false
      refusals += 1
      return !this.informer.synced || refusals >= MAX_REFUSALS
    }
    const client = upstream.client(credentials, (status) => {
      if (status >= 400) return
      refusals = 0
      if (this.informer.synced) this.#setHealth({ state: 'live' })
    })
    this.informer = new Informer<T>({ client, ...options })
    this.informer.subscribe({
      onError: (error) => {
        if (isFinal(error)) {
          this.informer.stop()
          this.#setHealth({ state: 'failed', error })
        } else {
          this.#setHealth({ state: 'retrying', error: describeBreak(error) })
        }
      },
    })
  }

  /** Starts once its users listen. */
  start(): this {
    this.informer.start()
    void this.informer.whenSynced().then(() => this.#setHealth({ state: 'live' }))
    return this
  }

  get health(): Health {
    return this.#health
  }

  /** Returns the removal. */
  onHealth(listener: (health: Health) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.informer.stop()
    this.#listeners.clear()
  }

  #setHealth(health: Health): void {
    if (this.#health.state === 'failed') return
    if (health.state === 'live' && this.#health.state === 'live') return
    this.#health = health
    for (const listener of this.#listeners) listener(health)
  }
}

/** A stream that broke off has an error of the network's, which says little to people. */
function describeBreak(error: unknown): unknown {
  if (error instanceof StatusError) return error
  return new BffError('ClusterUnreachable', {
    message: 'The connection to the cluster is lost.',
    cause: error,
  })
}
