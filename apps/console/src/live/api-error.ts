import { apiErrorBody, type ApiErrorBody } from '@virtdeck/bff-contract'
import { isStatus } from '@virtdeck/kubernetes'

/** Any failed request: to the BFF, or through it to the cluster in the cluster's own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** The HTTP status; 0 when no answer came. */
  readonly status: number
  readonly reason: string
  readonly causes: NonNullable<ApiErrorBody['causes']>
  readonly requestId: string | undefined

  constructor(body: ApiErrorBody) {
    super(body.message)
    this.status = body.status
    this.reason = body.reason
    this.causes = body.causes ?? []
    this.requestId = body.requestId
  }
}

/** No answer at all: the server is down, or the network is. */
export const unreachable = (cause: unknown): ApiError =>
  new ApiError({
    status: 0,
    reason: 'Unreachable',
    message: cause instanceof Error ? cause.message : String(cause),
  })

/** The error in a failed response's body: the BFF's, a Kubernetes Status, or plain text. */
export async function apiErrorOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '')
  const requestId = response.headers.get('x-request-id') ?? undefined
  const body = parse(text)
  if (isStatus(body)) {
    return new ApiError({
      status: body.code ?? response.status,
      reason: body.reason ?? '',
      message: body.message ?? body.reason ?? '',
      causes: body.details?.causes,
      requestId,
    })
  }
  const known = apiErrorBody.safeParse(body)
  if (known.success) return new ApiError({ requestId, ...known.data })
  // Some answers of virt-api are plain text: their text is the message.
  const message = text.trim() === '' || text.startsWith('<') ? response.statusText : text.trim()
  return new ApiError({
    status: response.status,
    reason: '',
    message: message || `HTTP ${response.status}`,
    requestId,
  })
}

export function toApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : unreachable(error)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
