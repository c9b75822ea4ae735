import { isStatus, StatusError, statusErrors } from '@virtdeck/kubernetes'

/** The cluster's answer to a handshake that it did not accept, as an error. */
export function refusalOf({ status, body }: { status: number; body: string }): StatusError {
  try {
    const parsed: unknown = JSON.parse(body)
    if (isStatus(parsed)) return new StatusError({ ...parsed, code: parsed.code ?? status })
  } catch {
    // virt-api says some things in plain text.
  }
  // A 2xx here would be a server that does not know the route as a WebSocket.
  const code = status >= 400 && status < 600 ? status : 502
  return statusErrors.other(code, '', body.trim() || `The cluster answered ${status}.`)
}
