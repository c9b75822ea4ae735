import type { ResourceRef } from './resources.ts'

export interface StatusCause {
  reason?: string
  message?: string
  field?: string
}

/** The Kubernetes `Status` object that every failed request answers. */
export interface Status {
  kind: 'Status'
  apiVersion: 'v1'
  metadata: Record<string, unknown>
  status: 'Success' | 'Failure'
  message?: string
  reason?: string
  details?: {
    name?: string
    group?: string
    kind?: string
    uid?: string
    causes?: StatusCause[]
    retryAfterSeconds?: number
  }
  code?: number
}

/** A failed Kubernetes request; what went wrong is `status`, as the API server said it. */
export class StatusError extends Error {
  readonly status: Status
  constructor(status: Status) {
    super(status.message ?? status.reason ?? `status ${status.code ?? 'unknown'}`)
    this.name = 'StatusError'
    this.status = status
  }
  /** The HTTP status code; 0 when the server could not be reached. */
  get code(): number {
    return this.status.code ?? 0
  }
  get reason(): string {
    return this.status.reason ?? ''
  }
}

type Details = NonNullable<Status['details']>

function failure(
  code: number,
  reason: string,
  message: string,
  details?: Details,
): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  })
}

/** What Status details need of a resource. */
type Named = Pick<ResourceRef, 'group' | 'resource'>

const qualified = ({ group, resource }: Named): string =>
  group === '' ? resource : `${resource}.${group}`

const detailsOf = ({ group, resource }: Named, name: string): Details => ({
  ...(name === '' ? {} : { name }),
  ...(group === '' ? {} : { group }),
  kind: resource,
})

/** Constructors of the errors that a kube-apiserver answers, in its words. */
export const statusErrors = {
  /** 400 */
  badRequest: (message: string) => failure(400, 'BadRequest', message),
  /** 401 */
  unauthorized: () => failure(401, 'Unauthorized', 'Unauthorized'),
  /** 403; `message` starts behind "… is forbidden: ". */
  forbidden: (resource: Named, name: string, message: string) =>
    failure(
      403,
      'Forbidden',
      `${qualified(resource)}${name === '' ? '' : ` "${name}"`} is forbidden: ${message}`,
      detailsOf(resource, name),
    ),
  /** 404 of an object. */
  notFound: (resource: Named, name: string) =>
    failure(
      404,
      'NotFound',
      `${qualified(resource)} "${name}" not found`,
      detailsOf(resource, name),
    ),
  /** 404 of a resource or path that the server does not serve. */
  noSuchResource: () =>
    failure(404, 'NotFound', 'the server could not find the requested resource', {}),
  /** 405 */
  methodNotAllowed: () =>
    failure(
      405,
      'MethodNotAllowed',
      'the server does not allow this method on the requested resource',
      {},
    ),
  /** 409 of a create. */
  alreadyExists: (resource: Named, name: string) =>
    failure(
      409,
      'AlreadyExists',
      `${qualified(resource)} "${name}" already exists`,
      detailsOf(resource, name),
    ),
  /** 409 of a write; the default message is that of a stale resourceVersion. */
  conflict: (
    resource: Named,
    name: string,
    message = 'the object has been modified; please apply your changes to the latest version and try again',
  ) =>
    failure(
      409,
      'Conflict',
      `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${message}`,
      detailsOf(resource, name),
    ),
  /** 410: a watch or continue token from too long ago. */
  expired: (message: string) => failure(410, 'Expired', message),
  /** 415 */
  unsupportedMediaType: (message: string) => failure(415, 'UnsupportedMediaType', message),
  /** 422 of the schema or of a built-in kind's validation: one cause for each field. */
  invalid: (kind: { group: string; kind: string }, name: string, causes: StatusCause[]) => {
    const list = causes.map(({ field, message }) => (field ? `${field}: ${message}` : message))
    const all = list.length === 1 ? list[0] : `[${list.join(', ')}]`
    const title = kind.group === '' ? kind.kind : `${kind.kind}.${kind.group}`
    return failure(422, 'Invalid', `${title} "${name}" is invalid: ${all}`, {
      ...(name === '' ? {} : { name }),
      ...(kind.group === '' ? {} : { group: kind.group }),
      ...(kind.kind === '' ? {} : { kind: kind.kind }),
      causes,
    })
  },
  /** 422 of an admission webhook of KubeVirt: at most ten causes, no name or kind. */
  deniedByWebhook: (webhook: string, causes: StatusCause[]) => {
    const shown = causes.slice(0, 10)
    const rest = causes.length - shown.length
    const messages = shown.map((cause) => cause.message).join(', ')
    const more = rest > 0 ? `, and ${rest} more validation errors` : ''
    return failure(
      422,
      'Invalid',
      `admission webhook "${webhook}" denied the request: ${messages}${more}`,
      { causes: shown },
    )
  },
  /** 429 */
  tooManyRequests: (message: string, retryAfterSeconds?: number) =>
    failure(
      429,
      'TooManyRequests',
      message,
      retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
    ),
  /** 500 */
  internal: (message: string) =>
    failure(500, 'InternalError', `Internal error occurred: ${message}`, {
      causes: [{ message }],
    }),
  /** 503 */
  unavailable: (message: string) => failure(503, 'ServiceUnavailable', message),
  /** Any other code. */
  other: failure,
}

/** Whether a value is a Kubernetes Status. */
export function isStatus(value: unknown): value is Status {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'Status'
  )
}
