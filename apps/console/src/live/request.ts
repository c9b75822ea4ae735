import { ApiError, apiErrorOf, unreachable } from './api-error.ts'

export interface ApiRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  contentType?: string
  accept?: string
  signal?: AbortSignal | undefined
}

/** One request to the BFF; rejects with {@link ApiError}. */
export async function request(path: string, options: ApiRequest = {}): Promise<Response> {
  const { method = 'GET', body, contentType = 'application/json', signal } = options
  const headers = new Headers({ accept: options.accept ?? 'application/json' })
  if (body !== undefined) headers.set('content-type', contentType)
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    })
  } catch (cause) {
    if (signal?.aborted) throw cause
    throw unreachable(cause)
  }
  if (!response.ok) throw await apiErrorOf(response)
  return response
}

export async function requestJson<T>(
  path: string,
  options: ApiRequest & { parse: (body: unknown) => T },
): Promise<T> {
  const response = await request(path, options)
  try {
    return options.parse(await response.json())
  } catch (cause) {
    throw new ApiError({
      status: response.status,
      reason: 'UnexpectedAnswer',
      message: cause instanceof Error ? cause.message : String(cause),
    })
  }
}
