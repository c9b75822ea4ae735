import type { AccessCheck } from '@virtdeck/bff-contract'
import { StatusError } from '@virtdeck/kubernetes'
import { forbidden, type AccessReviews } from '../../../access/access-reviews.ts'
import { BffError } from '../../../errors.ts'
import type { UserSession } from '../../../identity/session.ts'

/** With access answers of the same age, a console ends within a minute after its permission. */
export const RECHECK_MS = 30_000

interface Permission {
  access: AccessReviews
  isValid: (session: UserSession) => boolean
  session: UserSession
  check: AccessCheck
}

/**
 * Rejects with the reason if the session has ended, the cluster no longer knows its token, or
 * its user may no longer do this. A cluster that does not answer does not forbid.
 */
export async function keepPermission(permission: Permission): Promise<void> {
  const { access, isValid, session, check } = permission
  if (!isValid(session)) throw new BffError('Unauthenticated')
  const answer = access.check(session, check, RECHECK_MS)
  const { allowed } = await answer.catch((error: unknown) => {
    if (isUnknown(session, error)) throw error
    return { allowed: true }
  })
  if (!allowed) throw forbidden(session, check)
}

/** Own credentials may be renewed by the next attempt; a user's token never comes back. */
const isUnknown = ({ credentials }: UserSession, error: unknown): boolean =>
  credentials.kind !== 'own' && error instanceof StatusError && error.code === 401
