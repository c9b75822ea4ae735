import { consoleCloseCode, type AccessCheck } from '@virtdeck/bff-contract'
import { forbidden, type AccessReviews } from '../../../access/access-reviews.ts'
import { BffError, toErrorBody } from '../../../errors.ts'
import type { UserSession } from '../../../identity/session.ts'
import type { UpgradeContext } from '../../../plugins/upgrades.ts'
import type { Upstream } from '../../../upstream/upstream.ts'
import type { ConsoleLimits } from './console-limits.ts'
import { keepPermission, RECHECK_MS } from './keep-permission.ts'
import { refusalOf } from './refusal.ts'
import { spliceConsole } from './splice.ts'

/** A WebSocket close frame has room for this much text. */
const MAX_CLOSE_REASON_BYTES = 123

export interface SpliceDependencies {
  upstream: Upstream
  access: AccessReviews
  limits: ConsoleLimits
}

/** Where a browser's socket leads, and who may go there. */
export interface SpliceTarget {
  check: AccessCheck
  /** Path and query at the API server. */
  path: string
}

interface OpenSpliceOptions extends SpliceDependencies {
  context: UpgradeContext
  /** Asked for at the cluster, best first; the cluster chooses. */
  protocols: readonly string[]
  /** Reads the request; throws what the browser is told. */
  target: () => SpliceTarget
  isValid: (session: UserSession) => boolean
  /** Hears of a console that is open. */
  onOpen?: (opened: { session: UserSession; check: AccessCheck }) => void
}

/**
 * Joins the browser's WebSocket with one of the cluster: with the user's credentials, after
 * the user's own access was checked. Refusals (403 no permission, 400 not running, 404 not
 * there, 429 too many, 502 no cluster) open and close at once with consoleCloseCode and the cluster's
 * message.
 */
export async function openSplice(options: OpenSpliceOptions): Promise<void> {
  const { context, upstream, access, limits, protocols, isValid } = options
  let release = () => {}
  try {
    const { session } = context
    if (!session) throw new BffError('Unauthenticated')
    const { check, path } = options.target()
    if (!(await access.check(session, check)).allowed) throw forbidden(session, check)
    release = limits.acquire(session)
    const dialled = await upstream.upgrade({
      credentials: session.credentials,
      path,
      headers: handshakeHeaders(context, protocols),
    })
    if (!dialled.upgraded) throw refusalOf(dialled)
    const permission = { access, isValid, session, check }
    const stillAllowed = () =>
      keepPermission(permission).then(
        () => true,
        () => false,
      )
    spliceConsole({
      context,
      upstream: dialled,
      stillAllowed,
      recheckMs: RECHECK_MS,
      onEnd: release,
    })
    const { namespace, name, resource, subresource } = check
    const opened = { user: session.user.name, namespace, name, resource, subresource }
    context.log.info(opened, 'console opened')
    options.onOpen?.({ session, check })
  } catch (error) {
    release()
    await closeWith({ context, error, protocols })
  }
}

/** What looks like a path inside of a name is none of Kubernetes'. */
export function nameOf(value: string | undefined): string {
  if (!value || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(value)) {
    throw new BffError('BadRequest')
  }
  return value
}

const offeredBy = ({ request }: UpgradeContext): string[] =>
  (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())

/**
 * The browser's key is replayed, so the cluster's answer to it is right for the browser.
 * Extensions are left out: with compression agreed on by only one side, frames are garbage.
 */
function handshakeHeaders(
  context: UpgradeContext,
  protocols: readonly string[],
): Record<string, string> {
  const { headers } = context.request
  const key = headers['sec-websocket-key']
  const version = headers['sec-websocket-version']
  const offered = offeredBy(context)
  const wanted = protocols.filter((protocol) => offered.includes(protocol))
  if (!key || version !== '13' || wanted.length === 0) throw new BffError('BadRequest')
  return {
    'sec-websocket-key': key,
    'sec-websocket-version': version,
    'sec-websocket-protocol': wanted.join(', '),
  }
}

/** Accepts what cannot be served and closes it: browsers hide failed handshakes. */
export async function closeWith(options: {
  context: UpgradeContext
  error: unknown
  protocols: readonly string[]
}) {
  const { context, error, protocols } = options
  const { accept, log, requestId } = context
  const body = toErrorBody(error, requestId)
  if (body.status >= 500) log.warn({ err: error }, 'console failed')
  else log.debug({ status: body.status }, body.message)
  const offered = offeredBy(context)
  const socket = await accept(protocols.find((protocol) => offered.includes(protocol)))
  socket.close(consoleCloseCode(body.status), shorten(body.message))
}

export function shorten(message: string): string {
  if (Buffer.byteLength(message) <= MAX_CLOSE_REASON_BYTES) return message
  // Cutting bytes may cut a character in two; what is left of it goes, too.
  const cut = Buffer.from(message).subarray(0, MAX_CLOSE_REASON_BYTES - 3)
  return `${cut.toString('utf8').replace(/\uFFFD+$/, '')}…`
}
