import {
  CONSOLE_SUBPROTOCOL,
  consoleCloseCode,
  type AccessCheck,
  type ConsoleKind,
} from '@virtdeck/bff-contract'
import { SUBRESOURCES_GROUP, virtualMachineSubresourcePath } from '@virtdeck/kubernetes'
import type { FastifyPluginAsync } from 'fastify'
import { forbidden, type AccessReviews } from '../../../access/access-reviews.ts'
import { BffError, toErrorBody } from '../../../errors.ts'
import type { UserSession } from '../../../identity/session.ts'
import type { UpgradeContext } from '../../../plugins/upgrades.ts'
import type { Upstream } from '../../../upstream/upstream.ts'
import { refusalOf } from './refusal.ts'
import { spliceConsole } from './splice.ts'

const SUBRESOURCES: Record<ConsoleKind, 'vnc' | 'console'> = { vnc: 'vnc', serial: 'console' }

/** With access answers of the same age, a console ends within a minute after its permission. */
const RECHECK_MS = 30_000

/** A WebSocket close frame has room for this much text. */
const MAX_CLOSE_REASON_BYTES = 123

interface ConsoleDependencies {
  upstream: Upstream
  access: AccessReviews
}

/**
 * `/api/consoles/:namespace/:name/{vnc,serial}`: a WebSocket spliced with the one of the
 * cluster. Refusals (403 no permission, 400 not running, 404 no such VMI, 502 no cluster)
 * open and close at once with consoleCloseCode and the cluster's message.
 */
export const consoleRoutes: FastifyPluginAsync<ConsoleDependencies> = async (
  app,
  dependencies,
) => {
  const { upstream, access } = dependencies
  const { registry } = app.sessions

  app.onUpgrade('/api/consoles/:namespace/:name/:console', async (context) => {
    try {
      const { session } = context
      if (!session) throw new BffError('Unauthenticated')
      const target = targetOf(context)
      const check = accessCheckFor(target)
      await requireAccess({ session, check, access })
      const dialled = await upstream.upgrade({
        credentials: session.credentials,
        path: pathFor(target, context.url),
        headers: handshakeHeaders(context),
      })
      if (!dialled.upgraded) throw refusalOf(dialled)
      const stillAllowed = async () =>
        registry.isValid(session) &&
        (await access.check(session, check, RECHECK_MS).catch(() => ({ allowed: true })))
          .allowed
      spliceConsole({ context, upstream: dialled, stillAllowed, recheckMs: RECHECK_MS })
      context.log.info({ user: session.user.name, ...target }, 'console opened')
    } catch (error) {
      await closeWith(context, error)
    }
  })
}

interface ConsoleTarget {
  namespace: string
  name: string
  console: ConsoleKind
}

function targetOf({ params }: UpgradeContext): ConsoleTarget {
  const { namespace = '', name = '', console } = params
  // What looks like a path inside of a name is none of Kubernetes'.
  const names = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/
  if (!names.test(namespace) || !names.test(name)) throw new BffError('BadRequest')
  if (console !== 'vnc' && console !== 'serial') throw new BffError('NotFound')
  return { namespace, name, console }
}

function accessCheckFor({ namespace, name, console }: ConsoleTarget): AccessCheck {
  return {
    verb: 'get',
    group: SUBRESOURCES_GROUP,
    resource: 'virtualmachineinstances',
    subresource: SUBRESOURCES[console],
    namespace,
    name,
  }
}

async function requireAccess(options: {
  session: UserSession
  check: AccessCheck
  access: AccessReviews
}): Promise<void> {
  const { session, check, access } = options
  const { allowed } = await access.check(session, check)
  if (!allowed) throw forbidden(session, check)
}

function pathFor({ namespace, name, console }: ConsoleTarget, url: URL): string {
  const path = virtualMachineSubresourcePath({
    resource: 'virtualmachineinstances',
    namespace,
    name,
    subresource: SUBRESOURCES[console],
  })
  const preserve = console === 'vnc' && url.searchParams.get('preserveSession') === 'true'
  return preserve ? `${path}?preserveSession=true` : path
}

/**
 * The browser's key is replayed, so the cluster's answer to it is right for the browser.
 * Extensions are left out: with compression agreed on by only one side, frames are garbage.
 */
function handshakeHeaders({ request }: UpgradeContext): Record<string, string> {
  const key = request.headers['sec-websocket-key']
  const version = request.headers['sec-websocket-version']
  if (!key || version !== '13') throw new BffError('BadRequest')
  return {
    'sec-websocket-key': key,
    'sec-websocket-version': version,
    'sec-websocket-protocol': CONSOLE_SUBPROTOCOL,
  }
}

async function closeWith({ accept, log, requestId }: UpgradeContext, error: unknown) {
  const body = toErrorBody(error, requestId)
  if (body.status >= 500) log.warn({ err: error }, 'console failed')
  else log.debug({ status: body.status }, body.message)
  const socket = await accept(CONSOLE_SUBPROTOCOL)
  socket.close(consoleCloseCode(body.status), shorten(body.message))
}

function shorten(message: string): string {
  if (Buffer.byteLength(message) <= MAX_CLOSE_REASON_BYTES) return message
  // Cutting bytes may cut a character in two; what is left of it goes, too.
  const cut = Buffer.from(message).subarray(0, MAX_CLOSE_REASON_BYTES - 3)
  return `${cut.toString('utf8').replace(/\uFFFD+$/, '')}…`
}
