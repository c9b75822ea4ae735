import { createHash } from 'node:crypto'
import type { CookieSerializeOptions } from '@fastify/cookie'

/** Browsers refuse cookies above 4096 bytes, name and attributes included. */
const CHUNK_LENGTH = 3_600
const MAX_CHUNKS = 8

/**
 * Cookies are shared by all ports of a host: a name of the key's own keeps two consoles on
 * one machine from signing each other out.
 */
export function cookieNameFor(key: Uint8Array): string {
  const mark = createHash('sha256').update(key).digest('hex').slice(0, 8)
  return `virtdeck-session-${mark}`
}

const chunkName = (name: string, index: number) => (index === 0 ? name : `${name}.${index}`)

/** The cookies that hold a sealed session; long tokens need several. */
export function sessionCookies(
  name: string,
  sealed: string,
): { name: string; value: string }[] {
  const count = Math.ceil(sealed.length / CHUNK_LENGTH)
  if (count > MAX_CHUNKS) throw new Error('the session is too long for cookies')
  return Array.from({ length: count }, (_, index) => ({
    name: chunkName(name, index),
    value: sealed.slice(index * CHUNK_LENGTH, (index + 1) * CHUNK_LENGTH),
  }))
}

/** The names under which a browser may hold (parts of) a session. */
export function sessionCookieNames(name: string): string[] {
  return Array.from({ length: MAX_CHUNKS }, (_, index) => chunkName(name, index))
}

/** The sealed session among a browser's cookies; undefined when there is none. */
export function readSessionCookies(
  name: string,
  cookies: Record<string, string | undefined>,
): string | undefined {
  const sealed = sessionCookieNames(name)
    .map((part) => cookies[part] ?? '')
    .join('')
  return sealed === '' ? undefined : sealed
}

export function cookieOptions(secure: boolean): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'strict', secure }
}
