import type { IncomingHttpHeaders } from 'node:http'
import { statusErrors } from '@virtdeck/kubernetes'
import { forbidden } from './forbidden.ts'
import type { AccessAttributes } from './rbac-rules.ts'
import type { Rbac } from './rbac.ts'
import type { ServiceAccountTokens } from './service-account-tokens.ts'
import type { StaticTokens } from './tokens.ts'
import { ANONYMOUS, AUTHENTICATED, type User } from './user.ts'

export interface Authenticator {
  /** Who sends these headers; throws 401 for a bad token, 403 for a forbidden impersonation. */
  userOf: (headers: IncomingHttpHeaders) => User
  /** Who a token belongs to. */
  userOfToken: (token: string) => User | undefined
}

export function authenticator(options: {
  staticTokens: StaticTokens
  serviceAccounts: ServiceAccountTokens
  rbac: Rbac
  /** Whether the account still exists: a deleted account's tokens die with it. */
  accountExists: (namespace: string, name: string, uid: string) => boolean
}): Authenticator {
  const { staticTokens, serviceAccounts, rbac, accountExists } = options
  const userOfToken = (token: string): User | undefined => {
    const known = staticTokens.userOf(token)
    if (known !== undefined) return known
    const account = serviceAccounts.verify(token)
    if (account === undefined) return undefined
    const { namespace, serviceaccount } = account.claims['kubernetes.io']
    return accountExists(namespace, serviceaccount.name, serviceaccount.uid)
      ? account.user
      : undefined
  }
  return {
    userOfToken,
    userOf: (headers) => {
      const bearer = bearerToken(headers)
      if (bearer === undefined) return impersonated(ANONYMOUS, headers, rbac)
      const user = userOfToken(bearer)
      if (user === undefined) throw statusErrors.unauthorized()
      return impersonated(user, headers, rbac)
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

function valuesOf(headers: IncomingHttpHeaders, name: string): string[] {
  const value = headers[name]
  // Node joins repeated headers with ", "; group names have no commas.
  return value === undefined ? [] : [value].flat().flatMap((text) => text.split(/,\s*/))
}

/** The user that `Impersonate-*` headers ask for, if `user` may impersonate. */
function impersonated(user: User, headers: IncomingHttpHeaders, rbac: Rbac): User {
  const name = valuesOf(headers, 'impersonate-user').join(', ')
  const groups = valuesOf(headers, 'impersonate-group')
  if (name === '') {
    if (groups.length === 0) return user
    throw statusErrors.badRequest(
      'requested [{Group ' + groups[0] + '}] without impersonating a user',
    )
  }
  const check = (attributes: AccessAttributes): void => {
    if (!rbac.allows(user, attributes)) throw forbidden(user, attributes)
  }
  const account = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name)
  if (account === null) check({ verb: 'impersonate', group: '', resource: 'users', name })
  else {
    check({
      verb: 'impersonate',
      group: '',
      resource: 'serviceaccounts',
      namespace: account[1],
      name: account[2],
    })
  }
  for (const group of groups) {
    check({ verb: 'impersonate', group: '', resource: 'groups', name: group })
  }
  const anonymous = name === ANONYMOUS.name
  const own =
    account === null ? [] : [`system:serviceaccounts`, `system:serviceaccounts:${account[1]}`]
  const all = groups.length > 0 ? groups : own
  return {
    name,
    groups: [...new Set([...all, anonymous ? 'system:unauthenticated' : AUTHENTICATED])],
  }
}
