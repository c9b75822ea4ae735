import type { ApiErrorBody } from '@virtdeck/bff-contract'
import { StatusError } from '@virtdeck/kubernetes'
import type { FastifyError } from 'fastify'

/** Every error of the BFF's own: its HTTP status and what the reader is told. */
const ERRORS = {
  BadRequest: [400, 'The request is not valid.'],
  InvalidPath: [400, 'The path is not one of the Kubernetes API.'],
  Unauthenticated: [401, 'You are not signed in.'],
  SignInRefused: [401, 'The cluster does not accept this token.'],
  CodeRefused: [401, 'The code is not valid. It can be used once, while Virtdeck runs.'],
  OriginRefused: [403, 'The request does not come from this console.'],
  NotFound: [404, 'There is nothing here.'],
  TooManyRequests: [429, 'There were too many attempts. Wait a minute, then try again.'],
  InternalError: [500, 'Something went wrong in the console server.'],
  ClusterUnreachable: [502, 'The cluster cannot be reached.'],
} as const satisfies Record<string, readonly [number, string]>

export type ErrorReason = keyof typeof ERRORS

interface BffErrorOptions {
  /** Replaces the table's message where more can be said. */
  message?: string
  causes?: NonNullable<ApiErrorBody['causes']>
  cause?: unknown
}

export class BffError extends Error {
  readonly reason: ErrorReason
  readonly statusCode: number
  readonly causes: ApiErrorBody['causes']
  constructor(reason: ErrorReason, options: BffErrorOptions = {}) {
    super(options.message ?? ERRORS[reason][1], { cause: options.cause })
    this.name = 'BffError'
    this.reason = reason
    this.statusCode = ERRORS[reason][0]
    this.causes = options.causes
  }
}

/** What the console is told of any error; only errors made for it show their own words. */
export function toErrorBody(error: unknown, requestId?: string): ApiErrorBody {
  const body = describe(error)
  return requestId === undefined ? body : { ...body, requestId }
}

function describe(error: unknown): ApiErrorBody {
  if (error instanceof BffError) {
    const { statusCode: status, reason, message, causes } = error
    return { status, reason, message, ...(causes && { causes }) }
  }
  if (error instanceof StatusError) return describeStatus(error)
  const { statusCode, validation, message } = error as Partial<FastifyError>
  if (validation) {
    const causes = validation.map((issue) => ({
      field: issue.instancePath.split('/').filter(Boolean).join('.'),
      message: issue.message ?? 'is not valid',
    }))
    return describe(new BffError('BadRequest', { causes }))
  }
  if (statusCode === 404) return describe(new BffError('NotFound'))
  if (statusCode === 429) return describe(new BffError('TooManyRequests'))
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return { status: statusCode, reason: 'BadRequest', message: message ?? 'Bad request' }
  }
  // Whatever else went wrong is for the log, under the request id.
  return describe(new BffError('InternalError'))
}

/** A Status of the cluster keeps its own words; code 0 means that it was not reached. */
function describeStatus(error: StatusError): ApiErrorBody {
  const causes = error.status.details?.causes
  if (error.code === 0) {
    return describe(new BffError('ClusterUnreachable', { message: error.message }))
  }
  return {
    status: error.code,
    reason: error.reason,
    message: error.message,
    ...(causes && { causes }),
  }
}
