import type { IncomingHttpHeaders } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'
import { impersonated } from './impersonation.ts'
import type { Rbac } from './rbac.ts'
import {
  ISSUER,
  type BoundObject,
  type ServiceAccountTokens,
} from './service-account-tokens.ts'
import type { StaticTokens } from './tokens.ts'
import { ANONYMOUS, type User } from './user.ts'

/** For whom tokens must be made out so that this API server takes them. */
export const API_AUDIENCES = [ISSUER]

export interface KnownToken {
  user: User
  /** Those of the token that were asked for. */
  audiences: string[]
}

export interface Authenticator {
  /** Who sends these headers; throws 401 for a bad token, 403 for a forbidden impersonation. */
  userOf: (headers: IncomingHttpHeaders) => User
  /** Who a token belongs to, if it is made out for one of the audiences. */
  userOfToken: (token: string, audiences: string[]) => KnownToken | undefined
}

/** An object without which a token is worth nothing. */
export interface TokenOwner extends BoundObject {
  resource: 'serviceaccounts' | 'pods' | 'secrets'
  namespace: string
}

export function authenticator(options: {
  staticTokens: StaticTokens
  serviceAccounts: ServiceAccountTokens
  rbac: Rbac
  /** Whether the object still exists: with an account its tokens die, as with a bound pod. */
  exists: (owner: TokenOwner) => boolean
}): Authenticator {
  const { staticTokens, serviceAccounts, rbac, exists } = options
  const userOfToken = (token: string, audiences: string[]): KnownToken | undefined => {
    const known = staticTokens.userOf(token)
    if (known !== undefined) return { user: known, audiences }
    const account = serviceAccounts.verify(token)
    if (account === undefined) return undefined
    const { namespace, serviceaccount, pod, secret } = account.claims['kubernetes.io']
    const owners: TokenOwner[] = [
      { resource: 'serviceaccounts', namespace, ...serviceaccount },
      ...(pod === undefined ? [] : [{ resource: 'pods' as const, namespace, ...pod }]),
      ...(secret === undefined ? [] : [{ resource: 'secrets' as const, namespace, ...secret }]),
    ]
    const valid = audiences.filter((audience) => account.audiences.includes(audience))
    if (valid.length === 0 || !owners.every(exists)) return undefined
    return { user: account.user, audiences: valid }
  }
  return {
    userOfToken,
    userOf: (headers) => {
      const bearer = bearerToken(headers)
      if (bearer === undefined) return impersonated(ANONYMOUS, headers, rbac)
      const known = userOfToken(bearer, API_AUDIENCES)
      if (known === undefined) throw statusErrors.unauthorized()
      return impersonated(known.user, headers, rbac)
    },
  }
}

const SOCKET_TOKEN = 'base64url.bearer.authorization.k8s.io.'

/** From the Authorization header or, as browsers' WebSockets do it, from the subprotocols. */
function bearerToken(headers: IncomingHttpHeaders): string | undefined {
  const match = /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')
  if (match?.[1] !== undefined) return match[1].trim()
  const offered = headers['sec-websocket-protocol']?.split(',').map((value) => value.trim())
  const token = offered?.find((value) => value.startsWith(SOCKET_TOKEN))
  return token === undefined
    ? undefined
    : Buffer.from(token.slice(SOCKET_TOKEN.length), 'base64url').toString()
}
