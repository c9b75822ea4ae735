import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Credentials } from '../upstream/credentials.ts'

export const SESSION_LIFETIME_MS = 8 * 60 * 60 * 1000
/** Younger sessions are not sealed anew with every request. */
const RENEW_AFTER_MS = 5 * 60 * 1000

export const sessionSchema = z.strictObject({
  id: z.string(),
  credentials: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('token'), token: z.string() }),
    z.strictObject({ kind: z.literal('own') }),
  ]),
  user: z.strictObject({ name: z.string(), groups: z.array(z.string()) }),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
  /** The browser came by https, so its cookie may travel by nothing else. */
  secure: z.boolean(),
})

/** Who is signed in. It lives in the browser's cookie, sealed; the server keeps nothing. */
export type UserSession = z.infer<typeof sessionSchema>

export function newSession(options: {
  credentials: Credentials
  user: UserSession['user']
  secure: boolean
  now: number
}): UserSession {
  const { now, ...rest } = options
  return { id: randomUUID(), ...rest, expiresAt: now + SESSION_LIFETIME_MS }
}

/** The session with a new end if it has been used for a while; undefined if it is young. */
export function renewed(session: UserSession, now: number): UserSession | undefined {
  const expiresAt = now + SESSION_LIFETIME_MS
  return expiresAt - session.expiresAt < RENEW_AFTER_MS ? undefined : { ...session, expiresAt }
}
