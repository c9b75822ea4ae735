import type { IncomingHttpHeaders } from 'node:http'

/**
 * What of the browser's request the API server gets to see. A list of what passes, not of
 * what is dropped: cookies, Authorization, Impersonate-User, X-Remote-Group and whatever is
 * invented next never reach it.
 */
const REQUEST_HEADERS = [
  'accept',
  'accept-encoding',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-type',
  'if-match',
  'if-none-match',
] as const

/** Hop-by-hop, or able to act on the console's origin instead of on the answer. */
const DROPPED_RESPONSE_HEADERS = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
  'www-authenticate',
  'strict-transport-security',
  'content-security-policy',
  'clear-site-data',
  'service-worker-allowed',
  'alt-svc',
  'refresh',
  'location',
])

export function requestHeadersFor(headers: IncomingHttpHeaders): Record<string, string> {
  const result: Record<string, string> = { 'user-agent': 'virtdeck' }
  for (const name of REQUEST_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string') result[name] = value
  }
  // virt-api answers 406 to application/json on subresources; everybody takes */*.
  result['accept'] ??= '*/*'
  return result
}

export function responseHeadersFor(headers: IncomingHttpHeaders) {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
  const result: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers)) {
    const dropped =
      DROPPED_RESPONSE_HEADERS.has(name) ||
      named.includes(name) ||
      name.startsWith('access-control-')
    if (value !== undefined && !dropped) result[name] = value
  }
  return {
    ...result,
    // A pod's web page behind the API server's proxy must not run as the console.
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': headers['cache-control'] ?? 'no-store',
  }
}
