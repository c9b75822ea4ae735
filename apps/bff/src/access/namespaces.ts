import type { AccessCheck } from '@virtdeck/bff-contract'
import { keyOf, RESOURCES, StatusError } from '@virtdeck/kubernetes'
import type { UserSession } from '../identity/session.ts'
import type { Upstream } from '../upstream/upstream.ts'
import type { AccessReviews } from './access-reviews.ts'

/** A user with more namespaces than this has a role for all of them. */
const MAX_NAMESPACES = 500

/**
 * The namespaces in which the user may do something that they may not do everywhere. Their
 * names come from the BFF's own account where the user may not list them; only those that
 * the user's own credentials open are ever shown.
 */
export async function allowedNamespaces(options: {
  upstream: Upstream
  access: AccessReviews
  session: UserSession
  checkIn: (namespace: string) => AccessCheck
  maxAgeMs: number
}): Promise<string[]> {
  const { access, session, checkIn, maxAgeMs } = options
  const names = (await listNamespaces(options)).slice(0, MAX_NAMESPACES)
  const results = await Promise.all(
    names.map((name) => access.check(session, checkIn(name), maxAgeMs)),
  )
  return names.filter((_name, index) => results[index]?.allowed)
}

async function listNamespaces(options: {
  upstream: Upstream
  session: UserSession
}): Promise<string[]> {
  const { upstream, session } = options
  for (const credentials of [session.credentials, { kind: 'own' } as const]) {
    try {
      const list = await upstream.client(credentials).listAll(RESOURCES.namespaces)
      return list.items.map(keyOf)
    } catch (error) {
      if (!(error instanceof StatusError) || ![401, 403].includes(error.code)) throw error
    }
  }
  return []
}
