/** Who makes a request. */
export interface User {
  name: string
  groups: string[]
  uid?: string
  extra?: Record<string, string[]>
}

export const AUTHENTICATED = 'system:authenticated'
export const MASTERS = 'system:masters'

export const ANONYMOUS: User = { name: 'system:anonymous', groups: ['system:unauthenticated'] }

/** The user of a service account, with the groups that every service account has. */
export function serviceAccountUser(namespace: string, name: string, uid?: string): User {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, AUTHENTICATED],
    ...(uid === undefined ? {} : { uid }),
  }
}
