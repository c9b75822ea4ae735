/**
 * Takes the one-time code out of the URL's fragment: it never reaches a server's log that
 * way, and it must not stay in the address bar or the history either.
 */
export function takeLoginCode(): string | undefined {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code')
  if (!code) return undefined
  window.history.replaceState(
    window.history.state,
    '',
    window.location.pathname + window.location.search,
  )
  return code
}

/** Where to go after signing in; never to another site. */
export function safeNext(next: string | null, home: string): string {
  return next?.startsWith('/') && !/^\/[/\\]/.test(next) ? next : home
}
