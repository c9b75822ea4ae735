import {
  sshSocketPath,
  statusOfCloseCode,
  type SshClientFrame,
  type SshCredentials,
  type SshFailureReason,
  type SshServerFrame,
} from '@virtdeck/bff-contract'
import { createStore, type Store } from '../../feedback/store.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import type { TerminalView } from '../terminal/terminal-view.ts'
import { createSshFiles, type SshFiles } from './ssh-files.ts'
import { binaryInputMessage, inputMessage, parseMessage } from './ssh-frames.ts'

export interface HostKey {
  fingerprint: string
  algorithm: string
}

export type SshProblem =
  | { kind: SshFailureReason; message?: string }
  | { kind: 'byUser' | 'idle' | 'notLoaded' }
  /** The shell has ended by itself. */
  | { kind: 'exited'; code: number | undefined; signal: string | undefined }
  /** By the console server or the cluster, with an HTTP status. */
  | { kind: 'closed'; status: number; message: string }

export type SshState =
  | { name: 'signIn'; problem?: SshProblem }
  /** The guest is being reached. */
  | { name: 'connecting' }
  | { name: 'confirming'; hostKey: HostKey; pinned: string | undefined }
  | { name: 'signingIn' }
  | { name: 'connected' }
  /** What the shell has said is still there to be read. */
  | { name: 'ended'; problem: SshProblem }

export interface SshSignInRequest {
  userName: string
  credentials: SshCredentials
}

export interface SshSession {
  state: Pick<Store<SshState>, 'get' | 'subscribe' | 'use'>
  /** Undefined until its code is loaded. */
  display: Pick<Store<TerminalView | undefined>, 'get' | 'subscribe' | 'use'>
  files: SshFiles
  signIn: (request: SshSignInRequest) => void
  /** Believes in the host key that is shown. */
  trust: () => void
  end: (reason: 'byUser' | 'idle') => void
  /** Shows the form again. */
  askAgain: () => void
  dispose: () => void
}

interface SshSessionOptions {
  owner: ConsoleOwner
  pin: { get: () => string | undefined; set: (fingerprint: string) => void }
  /** Injected by tests. */
  loadView?: () => Promise<TerminalView>
  openSocket?: (owner: ConsoleOwner) => WebSocket
}

/** The terminal's code is large. */
const loadTerminalView = async (): Promise<TerminalView> => {
  const { createTerminalView } = await import('../terminal/terminal-view.ts')
  return createTerminalView()
}

const openSshSocket = (owner: ConsoleOwner): WebSocket =>
  new WebSocket(new URL(sshSocketPath(owner), location.origin.replace(/^http/, 'ws')))

/** An SSH session with a VM; it lives above its page, so that another tab does not end it. */
export function createSshSession(options: SshSessionOptions): SshSession {
  const { owner, pin, loadView = loadTerminalView, openSocket = openSshSocket } = options
  const state = createStore<SshState>({ name: 'signIn' })
  const display = createStore<TerminalView | undefined>(undefined)
  let socket: WebSocket | undefined
  /** Until they are sent; kept nowhere else. */
  let request: SshSignInRequest | undefined
  let disposed = false

  const sendBytes = (bytes: Uint8Array<ArrayBuffer>) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(bytes)
  }
  const send = (frame: SshClientFrame) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
  }
  const files = createSshFiles({ send, sendBytes })

  async function prepare(): Promise<TerminalView> {
    const present = display.get()
    if (present) return present
    const view = await loadView()
    view.terminal.onData((text) => sendBytes(inputMessage(text)))
    view.terminal.onBinary((text) => sendBytes(binaryInputMessage(text)))
    view.terminal.onResize(({ cols: columns, rows }) => {
      if (state.get().name === 'connected') send({ type: 'resize', columns, rows })
    })
    if (disposed) view.dispose()
    else display.set(view)
    return view
  }

  /** Ends what there is of a connection and says why. */
  function stop(problem: SshProblem): void {
    const wasConnected = state.get().name === 'connected'
    const old = socket
    socket = undefined
    request = undefined
    old?.close()
    files.lose()
    state.set({ name: wasConnected ? 'ended' : 'signIn', problem })
  }

  async function connect(): Promise<void> {
    state.set({ name: 'connecting' })
    const asked = request
    const view = await prepare().catch(() => undefined)
    // Somebody may have ended it meanwhile, and even begun another one.
    if (disposed || asked !== request) return
    if (!view) return stop({ kind: 'notLoaded' })
    const current = openSocket(owner)
    current.binaryType = 'arraybuffer'
    socket = current
    current.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = socket === current ? parseMessage(data) : undefined
      if (message?.type === 'terminal') view.write(message.bytes)
      if (message?.type === 'piece') files.piece(message.id, message.bytes)
      if (message?.type === 'frame') hear(message.frame, view)
    })
    current.addEventListener('close', ({ code, reason }) => {
      if (socket !== current) return
      const status = statusOfCloseCode(code)
      if (status === undefined) stop({ kind: 'lost' })
      else stop({ kind: 'closed', status, message: reason })
    })
  }

  function hear(frame: SshServerFrame, view: TerminalView): void {
    switch (frame.type) {
      case 'hostKey': {
        const { fingerprint, algorithm } = frame
        const pinned = pin.get()
        const hostKey = { fingerprint, algorithm }
        state.set({ name: 'confirming', hostKey, pinned })
        if (pinned === fingerprint) answer(view, fingerprint)
        return
      }
      case 'ready': {
        // What another shell prints begins on a line of its own.
        if (view.terminal.buffer.active.cursorX > 0) view.terminal.write('\r\n')
        state.set({ name: 'connected' })
        const { cols: columns, rows } = view.terminal
        return send({ type: 'resize', columns, rows })
      }
      case 'exit':
        return stop({ kind: 'exited', code: frame.code, signal: frame.signal })
      case 'failed':
        return stop({ kind: frame.reason, message: frame.message })
      default:
        return files.hear(frame)
    }
  }

  function answer(view: TerminalView, hostKey: string): void {
    if (!request) return
    const { cols: columns, rows } = view.terminal
    send({ type: 'signIn', hostKey, ...request, columns, rows })
    request = undefined
    state.set({ name: 'signingIn' })
  }

  return {
    state,
    display,
    files,
    signIn: (given) => {
      request = given
      void connect()
    },
    trust: () => {
      const now = state.get()
      const view = display.get()
      if (now.name !== 'confirming' || !view) return
      pin.set(now.hostKey.fingerprint)
      answer(view, now.hostKey.fingerprint)
    },
    end: (reason) => stop({ kind: reason }),
    askAgain: () => state.set({ name: 'signIn' }),
    dispose: () => {
      disposed = true
      request = undefined
      socket?.close()
      socket = undefined
      files.lose()
      display.get()?.dispose()
    },
  }
}
