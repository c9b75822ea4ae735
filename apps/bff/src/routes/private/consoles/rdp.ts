import { on } from 'node:events'
import { rdpCertificate, RDP_CERTIFICATE_CHANGED } from '@virtdeck/bff-contract'
import { StatusError, statusErrors } from '@virtdeck/kubernetes'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import { BffError, toErrorBody } from '../../../errors.ts'
import type { UserSession } from '../../../identity/session.ts'
import type { UpgradeContext } from '../../../plugins/upgrades.ts'
import { sessionOf } from '../../../plugins/session.ts'
import { connectRdp, RdpError } from '../../../rdp/connect-rdp.ts'
import {
  decodeRequest,
  encodeFailure,
  encodeResponse,
  type CleanPathFailure,
  type CleanPathRequest,
} from '../../../rdp/rdclean-path.ts'
import { relayRdp } from '../../../rdp/relay-rdp.ts'
import { keepPermission, RECHECK_MS } from './keep-permission.ts'
import { openPort, portForwardCheck } from './open-port.ts'
import type { SpliceDependencies } from './open-splice.ts'

const RDP_PORT = 3389
const REQUEST_TIMEOUT_MS = 15_000
/** The client sends a text from the clipboard as one message, however long it is. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024

/** An X.224 connection request that offers TLS and NLA and names nobody. */
const PROBE = Buffer.from('030000130ee000000000000100080003000000', 'hex')

/**
 * `/api/rdp/:namespace/:name`: RDP with a guest through its forwarded port 3389. Where it goes
 * is said by the route alone; the destination that the client names is not looked at.
 */
export const rdpRoutes: FastifyPluginAsyncZod<SpliceDependencies> = async (
  app,
  dependencies,
) => {
  app.post(
    '/api/rdp/:namespace/:name/certificate',
    {
      schema: {
        params: z.object({ namespace: z.string(), name: z.string() }),
        response: { 200: rdpCertificate },
      },
      config: { audit: false },
    },
    async (request) => {
      const session = sessionOf(request)
      const check = portForwardCheck(request.params)
      const { stream, release } = await openPort(dependencies, {
        session,
        check,
        port: RDP_PORT,
      })
      try {
        const secured = await connectRdp(stream, PROBE)
        const { certificate, hasNetworkLevelAuthentication: networkLevelAuthentication } =
          secured
        secured.socket.destroy()
        return { ...certificate, networkLevelAuthentication }
      } catch (error) {
        if (!(error instanceof RdpError)) throw error
        throw statusErrors.other(502, '', error.message)
      } finally {
        stream.destroy()
        release()
      }
    },
  )

  app.onUpgrade('/api/rdp/:namespace/:name', (context) =>
    serveRdp(dependencies, {
      context,
      isValid: (session) => app.sessions.registry.isValid(session),
      onOpen: (target, user) => app.auditTrail.noteConsole(target, { user, console: 'rdp' }),
    }),
  )
}

interface ServeOptions {
  context: UpgradeContext
  isValid: (session: UserSession) => boolean
  onOpen: (target: { namespace: string; name: string }, user: string) => void
}

async function serveRdp(
  dependencies: SpliceDependencies,
  { context, isValid, onOpen }: ServeOptions,
): Promise<void> {
  const { accept, log, session, params, url, requestId } = context
  const webSocket = await accept(undefined, MAX_MESSAGE_BYTES)
  webSocket.on('error', (error) => log.debug({ err: error }, 'RDP socket broke'))
  let release = () => {}
  try {
    if (!session) throw new BffError('Unauthenticated')
    const check = portForwardCheck(params)
    const request = await readRequest(webSocket)
    const port = await openPort(dependencies, { session, check, port: RDP_PORT })
    release = port.release
    const end = () => {
      port.release()
      port.stream.destroy()
    }
    // Whoever went away meanwhile is not waited for.
    if (webSocket.readyState !== webSocket.OPEN) return end()
    webSocket.once('close', end)
    const secured = await connectRdp(port.stream, request.connectionRequest)
    if (secured.certificate.fingerprint !== url.searchParams.get('fingerprint')) {
      secured.socket.destroy()
      throw statusErrors.other(RDP_CERTIFICATE_CHANGED, '', 'The certificate is another one.')
    }
    const { connectionConfirm, certificates } = secured
    const serverAddress = params['name'] ?? ''
    // TLS over a stream that is not a socket does not hear of its end.
    port.stream.once('close', () => secured.socket.destroy())
    webSocket.send(encodeResponse({ connectionConfirm, certificates, serverAddress }))
    relayRdp({
      webSocket,
      guest: secured.socket,
      first: request.rest,
      asksForWholePictures: url.searchParams.get('wholePictures') === 'true',
    })
    const permission = { access: dependencies.access, isValid, session, check }
    endWithPermission(webSocket, () => keepPermission(permission))
    const { namespace, name } = check
    log.info({ user: session.user.name, namespace, name, protocol: 'rdp' }, 'console opened')
    onOpen({ namespace, name }, session.user.name)
  } catch (error) {
    release()
    const body = toErrorBody(error, requestId)
    if (!(error instanceof RdpError) && body.status >= 500)
      log.warn({ err: error }, 'RDP failed')
    if (webSocket.readyState === webSocket.OPEN) webSocket.send(encodeFailure(failureOf(error)))
    webSocket.close()
  }
}

/** The browser's first message or messages. */
async function readRequest(webSocket: WebSocket): Promise<CleanPathRequest> {
  let bytes: Buffer = Buffer.alloc(0)
  const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS)
  try {
    // Messages that come together must all be seen.
    for await (const event of on(webSocket, 'message', { signal, close: ['close'] })) {
      const [data] = event as [Buffer]
      bytes = Buffer.concat([bytes, data])
      const request = decodeRequest(bytes)
      if (request) return request
    }
  } catch (cause) {
    throw new BffError('BadRequest', { cause })
  }
  throw new BffError('BadRequest')
}

function endWithPermission(webSocket: WebSocket, check: () => Promise<void>): void {
  const recheck = setInterval(() => {
    check().catch(() => webSocket.terminate())
  }, RECHECK_MS)
  webSocket.once('close', () => clearInterval(recheck))
}

/** Windows' numbers for what went wrong with a connection. */
const WSA = { closed: 10061, timeout: 10060 } as const
const HANDSHAKE_FAILURE = 40

function failureOf(error: unknown): CleanPathFailure {
  if (error instanceof StatusError) return { http: error.status.code ?? 500 }
  if (!(error instanceof RdpError)) return { http: toErrorBody(error).status }
  const { failure } = error
  switch (failure.kind) {
    case 'closed':
    case 'timeout':
      return { wsa: WSA[failure.kind] }
    case 'negotiation':
      return { connectionConfirm: failure.connectionConfirm }
    default:
      return { tlsAlert: HANDSHAKE_FAILURE }
  }
}
