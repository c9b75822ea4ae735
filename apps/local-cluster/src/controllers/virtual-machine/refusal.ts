import { StatusError } from '@virtdeck/kubernetes'

/** The server understood and said no: trying again soon would not help. */
export function isRefusal(error: unknown): error is StatusError {
  return error instanceof StatusError && [400, 403, 422].includes(error.code)
}
