import type { IncomingHttpHeaders } from 'node:http'
import { forbidden } from './forbidden.ts'
import type { AccessAttributes } from './rbac-rules.ts'
import type { Rbac } from './rbac.ts'
import { ANONYMOUS, AUTHENTICATED, type User } from './user.ts'

const AUTHENTICATION = 'authentication.k8s.io'
const EXTRA = 'impersonate-extra-'

/** Asked to be somebody's groups or the like without being somebody: answered as plain text. */
export class ImpersonationError extends Error {
  override name = 'ImpersonationError'
}

interface Asked {
  name: string
  groups: string[]
  uid: string
  extra: Record<string, string[]>
}

function valuesOf(headers: IncomingHttpHeaders, name: string): string[] {
  const value = headers[name]
  // Node joins repeated headers with ", "; group names have no commas.
  return value === undefined ? [] : [value].flat().flatMap((text) => text.split(/,\s*/))
}

function askedBy(headers: IncomingHttpHeaders): Asked {
  const extra = Object.keys(headers)
    .filter((header) => header.startsWith(EXTRA))
    .map((header): [string, string[]] => [
      decodeURIComponent(header.slice(EXTRA.length)),
      valuesOf(headers, header),
    ])
  return {
    name: valuesOf(headers, 'impersonate-user').join(', '),
    groups: valuesOf(headers, 'impersonate-group'),
    uid: valuesOf(headers, 'impersonate-uid').join(', '),
    extra: Object.fromEntries(extra),
  }
}

/** The user that `Impersonate-*` headers ask for, if `user` may impersonate. */
export function impersonated(user: User, headers: IncomingHttpHeaders, rbac: Rbac): User {
  const asked = askedBy(headers)
  const { name, groups, uid, extra } = asked
  const others = [...groups, ...Object.values(extra).flat(), ...(uid === '' ? [] : [uid])]
  if (name === '') {
    if (others.length === 0) return user
    throw new ImpersonationError(
      `requested [${printed(asked).join(' ')}] without impersonating a user`,
    )
  }
  for (const attributes of wantedRights(asked)) {
    const { allowed, reason } = rbac.decide(user, attributes)
    if (!allowed) throw forbidden(user, attributes, reason)
  }
  const account = serviceAccountOf(name)
  const own =
    account === undefined
      ? []
      : ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`]
  const all = groups.length > 0 ? groups : own
  const known = name === ANONYMOUS.name ? 'system:unauthenticated' : AUTHENTICATED
  return {
    name,
    groups: [...new Set([...all, known])],
    ...(uid === '' ? {} : { uid }),
    ...(Object.keys(extra).length === 0 ? {} : { extra }),
  }
}

function serviceAccountOf(name: string): { namespace: string; name: string } | undefined {
  const match = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name)
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { namespace: match[1], name: match[2] }
}

function wantedRights({ name, groups, uid, extra }: Asked): AccessAttributes[] {
  const verb = 'impersonate'
  const account = serviceAccountOf(name)
  return [
    account === undefined
      ? { verb, group: '', resource: 'users', name }
      : { verb, group: '', resource: 'serviceaccounts', ...account },
    ...groups.map((group) => ({ verb, group: '', resource: 'groups', name: group })),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => ({
        verb,
        group: AUTHENTICATION,
        resource: 'userextras',
        subresource: key,
        name: value,
      })),
    ),
    ...(uid === '' ? [] : [{ verb, group: AUTHENTICATION, resource: 'uids', name: uid }]),
  ]
}

/** As Go prints references to objects: kind, namespace, name, uid, version, version, field. */
function printed({ groups, uid, extra }: Asked): string[] {
  return [
    ...groups.map((group) => `{Group  ${group}    }`),
    ...Object.entries(extra).flatMap(([key, values]) =>
      values.map((value) => `{UserExtra  ${value}  ${AUTHENTICATION}/v1  ${key}}`),
    ),
    ...(uid === '' ? [] : [`{UID  ${uid}  ${AUTHENTICATION}/v1  }`]),
  ]
}
