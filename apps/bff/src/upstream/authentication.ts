import type { Credentials } from './credentials.ts'
import type { OwnCredentials, TlsTrust } from './own-identity.ts'

/**
 * A request with a user's token must not carry the BFF's client certificate: the API server
 * looks at that first and would take the user for the BFF.
 */
export function tlsFor(credentials: Credentials, own: OwnCredentials): OwnCredentials['tls'] {
  if (credentials.kind === 'own') return own.tls
  const { ca, servername, rejectUnauthorized } = own.tls
  const trust: TlsTrust = {
    ...(ca && { ca }),
    ...(servername && { servername }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  }
  return trust
}

/** The headers that say who asks. */
export function authorizationOf(
  credentials: Credentials,
  own: OwnCredentials,
): Record<string, string> {
  if (credentials.kind === 'own') return own.headers
  return { authorization: `Bearer ${credentials.token}` }
}
