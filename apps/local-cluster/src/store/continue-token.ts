/** Where the next page of a list starts. Opaque to clients. */
export interface ContinueToken {
  /** The version of the list; 0: take today's objects (after the version has expired). */
  version: number
  /** The key behind which to go on. */
  after: string
  /** Objects that remain, where it is known. */
  remaining?: number
}

export function encodeContinueToken(token: ContinueToken): string {
  const { version, after, remaining } = token
  const json = JSON.stringify({
    v: 'meta.k8s.io/v1',
    rv: version,
    start: after,
    left: remaining,
  })
  return Buffer.from(json).toString('base64url')
}

/** Undefined if it is not a token of this server. */
export function decodeContinueToken(text: string): ContinueToken | undefined {
  try {
    const value = JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<
      string,
      unknown
    >
    if (value['v'] !== 'meta.k8s.io/v1') return undefined
    const { rv, start, left } = value
    if (typeof rv !== 'number' || typeof start !== 'string') return undefined
    return {
      version: rv,
      after: start,
      ...(typeof left === 'number' ? { remaining: left } : {}),
    }
  } catch {
    return undefined
  }
}
