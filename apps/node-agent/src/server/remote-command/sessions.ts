import type { IncomingHttpHeaders } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors, type Status } from '@virtdeck/kubernetes'
import { WebSocketServer, type WebSocket } from 'ws'
import { messageOf } from '../../log.ts'
import { readContainerLog } from '../container-logs.ts'
import {
  explainPlainContainer,
  findPodOf,
  hasEnded,
  instanceUidOf,
  requireRunning,
  type ContainerRef,
  type FindPod,
} from '../containers.ts'
import { refuseUpgrade, type Upgrade } from '../upgrades.ts'
import {
  REMOTE_COMMAND_PROTOCOLS,
  RemoteCommandChannels,
  type WantedStreams,
} from './channels.ts'
import { startCommand } from './command.ts'
import { environmentOf } from './environment.ts'

const PATH = /^\/(exec|attach)\/([^/]+)\/([^/]+)\/([^/]+)$/
const LARGEST_FRAME = 4 * 1024 * 1024
const SUCCESS: Status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' }

interface SessionsOptions {
  findPod: FindPod
  /** Where the pod's commands run; undefined if it is gone. */
  openDirectory: (pod: Pod) => Promise<string | undefined>
}

interface Session {
  kind: string
  pod: Pod
  ref: ContainerRef
  directory: string
  streams: WantedStreams
  command: string[]
}

/**
 * `exec` and `attach` of a kubelet. A pod here is no container: a command runs as a process of the
 * agent's own user on the host, in the pod's directory, with an environment of its own, and ends
 * with its client. Attached clients see the container's log as it grows.
 */
export class RemoteCommandSessions {
  readonly #options: SessionsOptions
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_FRAME,
    perMessageDeflate: false,
    handleProtocols: (offered) =>
      REMOTE_COMMAND_PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
  })

  constructor(options: SessionsOptions) {
    this.#options = options
  }

  /** Whether the request was one of these. */
  accept(upgrade: Upgrade): boolean {
    const { pathname, searchParams } = new URL(upgrade.request.url ?? '/', 'https://agent')
    const [, kind = '', ...names] = PATH.exec(pathname) ?? []
    if (kind === '') return false
    const [namespace = '', pod = '', container = ''] = names.map(decodeURIComponent)
    void this.#accept(upgrade, { kind, ref: { namespace, pod, container }, searchParams })
    return true
  }

  close(): void {
    for (const client of this.#server.clients) client.terminate()
    this.#server.close()
  }

  async #accept(
    { request, socket, head }: Upgrade,
    asked: { kind: string; ref: ContainerRef; searchParams: URLSearchParams },
  ): Promise<void> {
    try {
      const session = await this.#prepare(asked)
      requireProtocol(request.headers)
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        // A broken connection ends the session as its close does.
        webSocket.on('error', () => webSocket.terminate())
        const channels = new RemoteCommandChannels(webSocket, session.streams)
        void this.#run(session, channels, webSocket).then((status) => channels.finish(status))
      })
    } catch (error) {
      refuseUpgrade(socket, error)
    }
  }

  async #prepare(asked: {
    kind: string
    ref: ContainerRef
    searchParams: URLSearchParams
  }): Promise<Session> {
    const { kind, ref, searchParams } = asked
    const pod = findPodOf(this.#options.findPod, ref)
    requireRunning(pod, ref.container)
    if (kind === 'attach' && instanceUidOf(pod) === undefined) {
      throw statusErrors.badRequest(explainPlainContainer(pod, ref.container))
    }
    const directory = await this.#options.openDirectory(pod)
    if (directory === undefined) {
      const message = `unable to upgrade connection: container not found ("${ref.container}")`
      throw statusErrors.badRequest(message)
    }
    const has = (name: string): boolean => ['1', 'true'].includes(searchParams.get(name) ?? '')
    const streams: WantedStreams = {
      stdin: has('input'),
      stdout: has('output'),
      // A terminal has only one output.
      stderr: has('error') && !has('tty'),
      tty: has('tty'),
    }
    if (!streams.stdin && !streams.stdout && !streams.stderr) {
      throw statusErrors.badRequest('you must specify at least 1 of stdin, stdout, stderr')
    }
    const command = searchParams.getAll('command')
    if (kind === 'exec' && command.length === 0) {
      throw statusErrors.badRequest('you must specify at least one command for the container')
    }
    return { kind, pod, ref, directory, streams, command }
  }

  #run(session: Session, channels: RemoteCommandChannels, socket: WebSocket): Promise<Status> {
    const ended =
      session.kind === 'exec'
        ? execute(session, channels, socket)
        : this.#attach(session, channels, socket)
    return ended.catch((error: unknown) => {
      const message = `error executing command in container: ${messageOf(error)}`
      return statusErrors.internal(message).status
    })
  }

  async #attach(
    { pod, ref, directory }: Session,
    channels: RemoteCommandChannels,
    socket: WebSocket,
  ): Promise<Status> {
    const gone = new AbortController()
    socket.once('close', () => gone.abort())
    channels.stdin.resume()
    const log = readContainerLog({
      directory,
      container: ref.container,
      selection: { follow: true, timestamps: false, tailLines: 0 },
      ended: () => hasEnded(this.#options.findPod, ref, pod.metadata?.uid),
      signal: gone.signal,
    })
    await pipeline(log, channels.stdout).catch(() => undefined)
    return SUCCESS
  }
}

async function execute(
  { pod, ref, directory, streams, command }: Session,
  channels: RemoteCommandChannels,
  socket: WebSocket,
): Promise<Status> {
  const environment = environmentOf(pod, {
    container: ref.container,
    directory,
    tty: streams.tty,
  })
  const { stdin, tty } = streams
  const running = await startCommand({ command, directory, environment, tty, stdin })
  socket.once('close', () => running.kill())
  if (socket.readyState !== socket.OPEN) running.kill()
  channels.onResize((size) => running.resize(size))
  if (stdin) void pipeline(channels.stdin, running.stdin).catch(() => undefined)
  const outputs = [
    pipeline(running.stdout, channels.stdout),
    pipeline(running.stderr, channels.stderr),
  ].map((output) => output.catch(() => undefined))
  const exitCode = await running.ended
  await Promise.all(outputs)
  return exitCode === 0 ? SUCCESS : nonZeroExit(command, exitCode)
}

function nonZeroExit(command: string[], exitCode: number): Status {
  return {
    ...SUCCESS,
    status: 'Failure',
    message: `command terminated with non-zero exit code: error executing command [${command.join(' ')}], exit code ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  }
}

function requireProtocol(headers: IncomingHttpHeaders): void {
  const offered = (headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((name) => name.trim())
  const known = REMOTE_COMMAND_PROTOCOLS.some((protocol) => offered.includes(protocol))
  if (headers.upgrade?.toLowerCase() === 'websocket' && known) return
  const protocols = REMOTE_COMMAND_PROTOCOLS.join(', ')
  throw statusErrors.badRequest(
    `unable to upgrade: commands are run over WebSocket with one of the protocols ${protocols}; the client wants ${headers.upgrade} [${offered.join(' ')}]`,
  )
}
