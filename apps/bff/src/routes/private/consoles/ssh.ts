import { consoleCloseCode } from '@virtdeck/bff-contract'
import type { FastifyPluginAsync } from 'fastify'
import type { WebSocket } from 'ws'
import { BffError, toErrorBody } from '../../../errors.ts'
import type { UserSession } from '../../../identity/session.ts'
import type { UpgradeContext } from '../../../plugins/upgrades.ts'
import { serveSsh } from '../../../ssh/serve-ssh.ts'
import { SshError } from '../../../ssh/ssh-error.ts'
import { keepPermission, RECHECK_MS } from './keep-permission.ts'
import { openPort, portForwardCheck, type PortForwardCheck } from './open-port.ts'
import { closeWith, shorten, type SpliceDependencies } from './open-splice.ts'

const SSH_PORT = 22

/**
 * `/api/ssh/:namespace/:name`: a shell and the files of a guest through its forwarded port
 * 22. Everything is checked before the socket is accepted, so before a byte of it is read.
 */
export const sshRoutes: FastifyPluginAsync<SpliceDependencies> = async (app, dependencies) => {
  app.onUpgrade('/api/ssh/:namespace/:name', (context) =>
    openSsh(dependencies, {
      context,
      isValid: (session) => app.sessions.registry.isValid(session),
      onOpen: (target, user) => app.auditTrail.noteConsole(target, { user, console: 'ssh' }),
    }),
  )
}

interface OpenOptions {
  context: UpgradeContext
  isValid: (session: UserSession) => boolean
  onOpen: (target: { namespace: string; name: string }, user: string) => void
}

async function openSsh(
  dependencies: SpliceDependencies,
  { context, isValid, onOpen }: OpenOptions,
): Promise<void> {
  const { accept, log, session, params, socket } = context
  let port: Awaited<ReturnType<typeof openPort>>
  let check: PortForwardCheck
  try {
    if (!session) throw new BffError('Unauthenticated')
    check = portForwardCheck(params)
    port = await openPort(dependencies, { session, check, port: SSH_PORT })
  } catch (error) {
    return closeWith({ context, error, protocols: [] })
  }
  const { stream, release } = port
  socket.once('close', release)
  // Whoever went away meanwhile is not waited for.
  if (socket.destroyed) {
    release()
    stream.destroy()
    return
  }
  const webSocket = await accept()
  webSocket.on('error', (error) => log.debug({ err: error }, 'SSH socket broke'))
  const permission = { access: dependencies.access, isValid, session, check }
  endWithPermission(webSocket, () => keepPermission(permission))
  try {
    await serveSsh({ webSocket, stream })
    const { namespace, name } = check
    log.info({ user: session.user.name, namespace, name, protocol: 'ssh' }, 'console opened')
    onOpen({ namespace, name }, session.user.name)
  } catch (error) {
    if (!(error instanceof SshError)) log.warn({ err: error }, 'SSH failed')
    tellFailure(webSocket, error)
  }
}

function tellFailure(webSocket: WebSocket, error: unknown): void {
  if (webSocket.readyState !== webSocket.OPEN) return
  const { reason, message } =
    error instanceof SshError ? error : new SshError('lost', toErrorBody(error).message)
  webSocket.send(JSON.stringify({ type: 'failed', reason, message }))
  webSocket.close(1000)
}

/** Says why before it closes; also keeps proxies from forgetting a silent connection. */
function endWithPermission(webSocket: WebSocket, check: () => Promise<void>): void {
  const recheck = setInterval(() => {
    webSocket.ping()
    check().catch((error: unknown) => {
      const { status, message } = toErrorBody(error)
      webSocket.close(consoleCloseCode(status), shorten(message))
    })
  }, RECHECK_MS)
  webSocket.once('close', () => clearInterval(recheck))
}
