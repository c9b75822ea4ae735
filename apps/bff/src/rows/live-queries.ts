import type { AccessCheck, LiveQuery } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { forbidden, type AccessReviews } from '../access/access-reviews.ts'
import { allowedNamespaces } from '../access/namespaces.ts'
import { toErrorBody } from '../errors.ts'
import type { UserSession } from '../identity/session.ts'
import type { Upstream } from '../upstream/upstream.ts'
import { LiveSources, type NamespaceScope } from './live-sources.ts'
import type { OpenQuery, QueryFrame } from './open-page.ts'
import { openQuery } from './open-query.ts'
import { isNamespaces, resourceOf } from './query-plans.ts'

export interface LiveQueriesDependencies {
  upstream: Upstream
  access: AccessReviews
}

export interface Subscriber {
  session: UserSession
  query: LiveQuery
  ready: () => boolean
  send: (frame: QueryFrame) => void
}

/** With answers of the same age, a revoked user stops receiving within a minute. */
const RECHECK_MS = 30_000

/** Answers live queries, each gated by what its user may list. */
export class LiveQueries {
  readonly #dependencies: LiveQueriesDependencies
  readonly sources: LiveSources

  constructor(dependencies: LiveQueriesDependencies) {
    this.#dependencies = dependencies
    this.sources = new LiveSources(dependencies.upstream)
  }

  /** Starts a query; returns the function that ends it. */
  subscribe(subscriber: Subscriber): () => void {
    const subscription = new Subscription(subscriber, this.#dependencies, this.sources)
    return () => subscription.end()
  }

  dispose(): void {
    this.sources.dispose()
  }
}

class Subscription {
  readonly #subscriber: Subscriber
  readonly #dependencies: LiveQueriesDependencies
  readonly #sources: LiveSources
  readonly #recheck: ReturnType<typeof setInterval>
  #open: OpenQuery | undefined
  #scope: NamespaceScope
  #ended = false

  constructor(
    subscriber: Subscriber,
    dependencies: LiveQueriesDependencies,
    sources: LiveSources,
  ) {
    this.#subscriber = subscriber
    this.#dependencies = dependencies
    this.#sources = sources
    this.#recheck = setInterval(() => void this.#check(), RECHECK_MS)
    void this.#check()
  }

  end(): void {
    this.#ended = true
    clearInterval(this.#recheck)
    this.#open?.dispose()
    this.#open = undefined
  }

  /** Asks what the user may see; starts, goes on, or ends accordingly. */
  async #check(): Promise<void> {
    try {
      const scope = await this.#allowedScope()
      if (this.#ended) return
      if (this.#open && sameScope(scope, this.#scope)) return
      this.#open?.dispose()
      this.#scope = scope
      this.#open = openQuery({
        ...this.#subscriber,
        scope,
        sources: this.#sources,
        onFailed: (error) => this.#fail(error),
      })
      // It can fail before it is even returned.
      if (this.#ended) this.end()
    } catch (error) {
      if (this.#ended) return
      const body = toErrorBody(error)
      const passing = body.status >= 500
      if (!passing) return this.#fail(error)
      // What runs already reports an unreachable cluster by itself, and goes on.
      if (!this.#open) {
        this.#subscriber.send({ type: 'error', error: body, retrying: true })
        setTimeout(() => !this.#ended && !this.#open && void this.#check(), 2_000).unref()
      }
    }
  }

  #fail(error: unknown): void {
    if (this.#ended) return
    this.end()
    this.#subscriber.send({ type: 'error', error: toErrorBody(error), retrying: false })
  }

  async #allowedScope(): Promise<NamespaceScope> {
    const { session, query } = this.#subscriber
    const { access } = this.#dependencies
    const check = accessCheckFor(query)
    const result = await access.check(session, check, RECHECK_MS)
    if (result.allowed) return query.namespace
    const checkIn = checkInNamespaceFor(query, check)
    if (!checkIn) throw forbidden(session, check)
    const namespaces = await allowedNamespaces({
      ...this.#dependencies,
      session,
      checkIn,
      maxAgeMs: RECHECK_MS,
    })
    if (namespaces.length === 0) throw forbidden(session, check)
    return namespaces
  }
}

const sameScope = (a: NamespaceScope, b: NamespaceScope) => String(a) === String(b)

/** What one must be allowed to do to see the answer. */
function accessCheckFor(query: LiveQuery): AccessCheck {
  const { namespace } = query
  const where = namespace === undefined ? {} : { namespace }
  switch (query.kind) {
    case 'virtualMachines':
    case 'virtualMachineFacets':
      return listCheck(RESOURCES.virtualMachines, where)
    case 'virtualMachineEvents':
      return listCheck(RESOURCES.events, where)
    case 'objects':
      return listCheck(resourceOf(query), where)
    case 'object':
      return { ...listCheck(resourceOf(query), where), verb: 'get', name: query.name }
    default:
      return query satisfies never
  }
}

/** For lists of everything: what opens the part of it that is in one namespace. */
function checkInNamespaceFor(
  query: LiveQuery,
  check: AccessCheck,
): ((namespace: string) => AccessCheck) | undefined {
  if (query.namespace !== undefined || query.kind === 'object') return undefined
  // A namespace is in itself: whoever may do things in it may mostly `get` it.
  if (isNamespaces(query)) {
    return (namespace) => ({ ...check, verb: 'get', namespace, name: namespace })
  }
  return (namespace) => ({ ...check, namespace })
}

function listCheck(
  { group, resource }: { group: string; resource: string },
  where: { namespace?: string },
): AccessCheck {
  return { verb: 'list', group, resource, ...where }
}
