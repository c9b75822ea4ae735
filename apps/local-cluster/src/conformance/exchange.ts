/** What is sent. */
export interface ExchangeRequest {
  method: string
  path: string
  /** `admin` unless told; null for no credentials; other names are impersonated by admin. */
  as?: string | null
  headers?: Record<string, string>
  /** Sent as JSON unless it is a string. */
  body?: unknown
  /** Content-Type of the body; JSON unless told. */
  type?: string
}

/**
 * One request and its whole answer: a body has exactly the fields that stand here. Volatile
 * values are written as their markers (`volatile.ts`).
 */
export interface Exchange extends ExchangeRequest {
  name: string
  status: number
  /** `application/json` unless told; null for none. */
  contentType?: string | null
  /** Of the answer, beside its Content-Type; a `Warning` that is not named must not come. */
  answerHeaders?: Record<string, string | string[]>
  answer?: unknown
  /** Controllers get there in a moment: asked again until the answer fits. */
  eventually?: boolean
  /** The answer is a watch: its lines of JSON, as a list. */
  events?: boolean
}

/** A `Status` of a failure. */
export function failure(
  code: number,
  reason: string,
  message: string,
  details?: object,
): { status: number; answer: object } {
  const answer = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === '' ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  }
  return { status: code, answer }
}

/** `pods`, or `virtualmachines.kubevirt.io`: as messages name resources and kinds. */
const split = (qualified: string): { kind?: string; group?: string } => {
  const dot = qualified.indexOf('.')
  if (dot < 0) return qualified === '' ? {} : { kind: qualified }
  const kind = qualified.slice(0, dot)
  return { group: qualified.slice(dot + 1), ...(kind && { kind }) }
}

type Answer = Pick<Exchange, 'status' | 'answer'>

export const notFound = (resource: string, name: string): Answer =>
  failure(404, 'NotFound', `${resource} "${name}" not found`, { name, ...split(resource) })

export const alreadyExists = (resource: string, name: string): Answer =>
  failure(409, 'AlreadyExists', `${resource} "${name}" already exists`, {
    name,
    ...split(resource),
  })

export const conflict = (resource: string, name: string, message = STALE): Answer =>
  failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${resource} "${name}": ${message}`,
    {
      name,
      ...split(resource),
    },
  )

const STALE =
  'the object has been modified; please apply your changes to the latest version and try again'

/** 403 with a message behind `… is forbidden: `. */
export const forbidden = (resource: string, name: string, message: string): Answer =>
  failure(
    403,
    'Forbidden',
    `${resource}${name && ` "${name}"`} is forbidden: ${message}`,
    name === '' ? split(resource) : { name, ...split(resource) },
  )

/** 422 of the server's own validation; causes are `[field, message, reason?]`. */
export function invalid(
  kind: string,
  name: string,
  ...problems: [field: string, message: string, reason?: string][]
): Answer {
  const causes = problems.map(([field, message, reason = reasonOf(message)]) => ({
    reason,
    message,
    field,
  }))
  const list = causes.map(({ field, message }) => `${field}: ${message}`)
  const text = list.length === 1 ? list[0] : `[${list.join(', ')}]`
  const details = { ...(name && { name }), ...split(kind), causes }
  return failure(422, 'Invalid', `${kind} "${name}" is invalid: ${text}`, details)
}

function reasonOf(message: string): string {
  if (message.startsWith('Required value')) return 'FieldValueRequired'
  if (message.startsWith('Unsupported value')) return 'FieldValueNotSupported'
  if (message.startsWith('Forbidden')) return 'FieldValueForbidden'
  if (message.startsWith('Duplicate value')) return 'FieldValueDuplicate'
  if (message.startsWith('Too long')) return 'FieldValueTooLong'
  return 'FieldValueInvalid'
}

/** 422 of a webhook of KubeVirt: no name, no kind. */
export const denied = (webhook: string, ...problems: [message: string, field?: string][]) =>
  failure(
    422,
    'Invalid',
    `admission webhook "${webhook}" denied the request: ${problems.map(([message]) => message).join(', ')}`,
    {
      causes: problems.map(([message, field]) =>
        field === undefined ? { message } : { reason: 'FieldValueInvalid', message, field },
      ),
    },
  )

export const badRequest = (message: string): Answer => failure(400, 'BadRequest', message)
