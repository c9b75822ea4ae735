import { statusErrors, type StatusError } from '@virtdeck/kubernetes'
import type { AccessAttributes } from './rbac-rules.ts'
import type { User } from './user.ts'

/** The 403 of RBAC, in its words; `reason` is what it says besides. */
export function forbidden(user: User, attributes: AccessAttributes, reason = ''): StatusError {
  const {
    verb,
    group = '',
    resource = '',
    subresource = '',
    namespace,
    name,
    path,
  } = attributes
  const why = reason === '' ? '' : `: ${reason}`
  if (path !== undefined) {
    const message = `forbidden: User "${user.name}" cannot ${verb} path "${path}"${why}`
    return statusErrors.other(403, 'Forbidden', message, {})
  }
  const target = subresource === '' ? resource : `${resource}/${subresource}`
  const where =
    namespace === undefined || namespace === ''
      ? 'at the cluster scope'
      : `in the namespace "${namespace}"`
  return statusErrors.forbidden(
    { group, resource },
    name ?? '',
    `User "${user.name}" cannot ${verb} resource "${target}" in API group "${group}" ${where}${why}`,
  )
}
