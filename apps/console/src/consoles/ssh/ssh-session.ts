import {
  sshSocketPath,
  statusOfCloseCode,
  type SshClientFrame,
  type SshCredentials,
  type SshServerFrame,
} from '@virtdeck/bff-contract'
import { createStore, type Store } from '../../feedback/store.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import { Recovery } from '../recovery.ts'
import type { TerminalView } from '../terminal/terminal-view.ts'
import { createSshFiles, type SshFiles } from './ssh-files.ts'
import { binaryInputMessage, inputMessage, parseMessage } from './ssh-frames.ts'
import { isPassing, type SshProblem } from './ssh-problem.ts'

export interface HostKey {
  fingerprint: string
  algorithm: string
}

export type SshState =
  | { name: 'signIn'; problem?: SshProblem }
  /** The guest is being reached. */
  | { name: 'connecting' }
  | { name: 'confirming'; hostKey: HostKey; pinned: string | undefined }
  | { name: 'signingIn' }
  /** `isAnother`: the shell before it was lost. */
  | { name: 'connected'; isAnother: boolean }
  /** A shell was lost; `attempt` counts from 1. What the last one said is still there. */
  | { name: 'reconnecting'; attempt: number; problem: SshProblem }
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
  /** Brings a lost shell back now. */
  retry: () => void
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

/**
 * An SSH session with a VM; it lives above its page, so that another tab does not end it. What
 * the user signs in with is kept in its memory for as long as there is a shell to bring back.
 */
export function createSshSession(options: SshSessionOptions): SshSession {
  const { owner, pin, loadView = loadTerminalView, openSocket = openSshSocket } = options
  const state = createStore<SshState>({ name: 'signIn' })
  const display = createStore<TerminalView | undefined>(undefined)
  let socket: WebSocket | undefined
  /** Kept nowhere else. */
  let request: SshSignInRequest | undefined
  const recovery = new Recovery()
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

  /** Ends what there is of a connection and says why; begins another where that may help. */
  function stop(problem: SshProblem): void {
    const hadShell = state.get().name === 'connected' || recovery.isUnderWay
    const old = socket
    socket = undefined
    old?.close()
    files.lose()
    const attempt = hadShell && isPassing(problem) ? recovery.plan(retry) : undefined
    if (attempt !== undefined) return state.set({ name: 'reconnecting', attempt, problem })
    forget()
    state.set({ name: hadShell ? 'ended' : 'signIn', problem })
  }

  function forget(): void {
    request = undefined
    recovery.forget()
  }

  function retry(): void {
    if (state.get().name !== 'reconnecting' || socket) return
    recovery.skipPause()
    void connect()
  }

  /** A step on the way to a shell; on the way back to one, nothing but that is of interest. */
  function tell(step: SshState): void {
    if (!recovery.isUnderWay) state.set(step)
  }

  async function connect(): Promise<void> {
    tell({ name: 'connecting' })
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
        if (pinned === fingerprint) return answer(view, fingerprint)
        return state.set({ name: 'confirming', hostKey: { fingerprint, algorithm }, pinned })
      }
      case 'ready': {
        // What another shell prints begins on a line of its own.
        if (view.terminal.buffer.active.cursorX > 0) view.terminal.write('\r\n')
        state.set({ name: 'connected', isAnother: recovery.isUnderWay })
        recovery.connected()
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
    tell({ name: 'signingIn' })
  }

  return {
    state,
    display,
    files,
    signIn: (given) => {
      recovery.forget()
      request = given
      void connect()
    },
    trust: () => {
      const now = state.get()
      const view = display.get()
      if (now.name !== 'confirming' || !view) return
      pin.set(now.hostKey.fingerprint)
      state.set({ name: 'signingIn' })
      answer(view, now.hostKey.fingerprint)
    },
    retry,
    end: (reason) => stop({ kind: reason }),
    askAgain: () => state.set({ name: 'signIn' }),
    dispose: () => {
      disposed = true
      forget()
      socket?.close()
      socket = undefined
      files.lose()
      display.get()?.dispose()
    },
  }
}
