import type { AccessCheck } from '@virtdeck/bff-contract'
import { RESOURCES, statusErrors, type StatusError } from '@virtdeck/kubernetes'
import type { UserSession } from '../identity/session.ts'
import { scopeOf } from '../upstream/credentials.ts'
import type { Upstream } from '../upstream/upstream.ts'

export interface AccessResult {
  allowed: boolean
  reason?: string
}

interface SelfSubjectAccessReview {
  apiVersion: string
  kind: string
  spec: { resourceAttributes: AccessCheck }
  status?: { allowed?: boolean; reason?: string }
}

/** Answers may be this old; a revoked user loses what is gated by them within it. */
export const ACCESS_AGE_MS = 60_000

const MAX_ANSWERS = 20_000

/** What users may do, asked from the cluster with their own credentials. */
export class AccessReviews {
  readonly #upstream: Upstream
  readonly #answers = new Map<string, { at: number; result: Promise<AccessResult> }>()

  constructor(upstream: Upstream) {
    this.#upstream = upstream
  }

  check(
    session: UserSession,
    check: AccessCheck,
    maxAgeMs = ACCESS_AGE_MS,
  ): Promise<AccessResult> {
    const { verb, group, resource, subresource, namespace, name } = check
    const question = [verb, group, resource, subresource, namespace, name]
    const key = JSON.stringify([scopeOf(session.credentials), ...question])
    const known = this.#answers.get(key)
    if (known && Date.now() - known.at < maxAgeMs) return known.result
    const result = this.#ask(session, check)
    this.#answers.delete(key)
    this.#answers.set(key, { at: Date.now(), result })
    result.catch(() => this.#answers.delete(key))
    this.#forgetOldest()
    return result
  }

  async #ask(session: UserSession, check: AccessCheck): Promise<AccessResult> {
    const review = await this.#upstream
      .client(session.credentials)
      .create<SelfSubjectAccessReview>(RESOURCES.selfSubjectAccessReviews, {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: check },
      })
    const { allowed = false, reason } = review.status ?? {}
    return reason ? { allowed, reason } : { allowed }
  }

  #forgetOldest(): void {
    for (const key of this.#answers.keys()) {
      if (this.#answers.size <= MAX_ANSWERS) return
      this.#answers.delete(key)
    }
  }
}

/** The refusal in the words in which the API server itself would say it. */
export function forbidden(session: UserSession, check: AccessCheck): StatusError {
  const { verb, group, resource, subresource, namespace, name = '' } = check
  const what = subresource ? `${resource}/${subresource}` : resource
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  return statusErrors.forbidden(
    { group, resource },
    name,
    `User "${session.user.name}" cannot ${verb} resource "${what}" in API group "${group}" ${where}`,
  )
}
