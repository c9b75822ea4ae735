import fastifyCookie from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { BffError } from '../errors.ts'
import {
  cookieNameFor,
  cookieOptions,
  readSessionCookies,
  sessionCookieNames,
  sessionCookies,
} from '../identity/session-cookie.ts'
import { SessionRegistry } from '../identity/session-registry.ts'
import { SessionSeal } from '../identity/session-seal.ts'
import { renewed, type UserSession } from '../identity/session.ts'

/** Reads, writes and ends the sessions that browsers carry. */
export interface Sessions {
  registry: SessionRegistry
  /** The session of a Cookie header; undefined if there is none that is still valid. */
  read: (cookieHeader: string | undefined) => Promise<UserSession | undefined>
  write: (request: FastifyRequest, reply: FastifyReply, session: UserSession) => Promise<void>
  end: (request: FastifyRequest, reply: FastifyReply, session: UserSession) => void
}

declare module 'fastify' {
  interface FastifyInstance {
    sessions: Sessions
  }
  interface FastifyRequest {
    userSession: UserSession | null
  }
}

export const sessionPlugin = fastifyPlugin<{ key: Uint8Array }>(
  async (app, { key }) => {
    await app.register(fastifyCookie)
    const name = cookieNameFor(key)
    const seal = new SessionSeal(key)
    const registry = new SessionRegistry()

    const clear = (request: FastifyRequest, reply: FastifyReply, from: number) => {
      for (const part of sessionCookieNames(name).slice(from)) {
        if (request.cookies[part] !== undefined) reply.clearCookie(part, cookieOptions(false))
      }
    }
    app.decorateRequest('userSession', null)
    app.decorate('sessions', {
      registry,
      read: async (cookieHeader) => {
        const sealed = readSessionCookies(name, app.parseCookie(cookieHeader ?? ''))
        const session = sealed && (await seal.unseal(sealed, Date.now()))
        return session && registry.isValid(session) ? session : undefined
      },
      write: async (request, reply, session) => {
        const parts = sessionCookies(name, await seal.seal(session))
        const maxAge = Math.floor((session.expiresAt - Date.now()) / 1000)
        for (const part of parts) {
          reply.setCookie(part.name, part.value, { ...cookieOptions(session.secure), maxAge })
        }
        clear(request, reply, parts.length)
        registry.renew(session.id, session.expiresAt)
      },
      end: (request, reply, session) => {
        registry.end(session.id, session.expiresAt)
        clear(request, reply, 0)
      },
    } satisfies Sessions)
  },
  { name: 'session' },
)

/** Private scopes call this for every request; using a session keeps it alive. */
export async function requireSession(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const { sessions } = request.server
  const session = await sessions.read(request.headers.cookie)
  if (!session) throw new BffError('Unauthenticated')
  const next = renewed(session, Date.now())
  if (next) await sessions.write(request, reply, next)
  request.userSession = next ?? session
}

/** The session of a request in a private scope. */
export function sessionOf(request: FastifyRequest): UserSession {
  if (!request.userSession) throw new BffError('Unauthenticated')
  return request.userSession
}
