import { SharedPool } from '../rows/shared-pool.ts'
import { scopeOf, type Credentials } from '../upstream/credentials.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { MetricsCollector } from './metrics-collector.ts'
import { podMetricsReader } from './pod-metrics-reader.ts'
import { virtHandlerReader } from './virt-handler-reader.ts'

const OWN: Credentials = { kind: 'own' }

/**
 * The collectors of this process. The BFF's own identity collects for everybody, all the time;
 * where that may not, each user's does while they look, and for a minute after.
 */
export class MetricsService {
  readonly #upstream: Upstream
  readonly #own: MetricsCollector
  readonly #users = new SharedPool<MetricsCollector>()

  constructor(upstream: Upstream) {
    this.#upstream = upstream
    const client = upstream.client(OWN)
    this.#own = new MetricsCollector([virtHandlerReader(client), podMetricsReader(client)])
  }

  start(): void {
    void this.#own.start()
  }

  /** The collector that serves a user in a namespace; it has tried to read at least once. */
  async collectorFor(credentials: Credentials, namespace: string): Promise<MetricsCollector> {
    await this.#own.start()
    if (this.#own.origin.source || credentials.kind === 'own') return this.#own
    const client = this.#upstream.client(credentials)
    const key = JSON.stringify([scopeOf(credentials), namespace])
    const { value, release } = this.#users.acquire(
      key,
      () =>
        new MetricsCollector([virtHandlerReader(client), podMetricsReader(client, namespace)]),
    )
    // It stays for a while after its release, and longer if it is asked again.
    release()
    await value.start()
    return value
  }

  dispose(): void {
    this.#own.dispose()
    this.#users.dispose()
  }
}
