import { EXEC_SUBPROTOCOLS, execPath, statusOfCloseCode } from '@virtdeck/bff-contract'
import { createStore, type Store } from '../../feedback/store.ts'
import { Recovery } from '../recovery.ts'
import type { TerminalView } from '../terminal/terminal-view.ts'
import {
  binaryInputFrame,
  inputFrame,
  parseFrame,
  resizeFrame,
  type CommandEnd,
} from './exec-frames.ts'

export type ExecState =
  | { name: 'connecting' }
  | { name: 'connected' }
  /** The shell has ended, or there was none. */
  | { name: 'ended'; end: CommandEnd }
  /** A shell was lost; `attempt` counts from 1. What it said is still there. */
  | { name: 'reconnecting'; attempt: number; message: string }
  /** Given up. */
  | { name: 'lost'; message: string }
  /** Refused with an HTTP status, or it cannot work at all. */
  | { name: 'failed'; status: number | undefined; message: string }

export interface ExecSession {
  state: Pick<Store<ExecState>, 'get' | 'subscribe' | 'use'>
  /** Undefined until its code is loaded. */
  display: Pick<Store<TerminalView | undefined>, 'get' | 'subscribe' | 'use'>
  /** Begins another shell; what the last one said stays. */
  reconnect: () => void
  dispose: () => void
}

interface ExecTarget {
  namespace: string
  pod: string
  container: string
  command: readonly string[]
}

/** A refused connection opens and closes at once; one that stays open this long (ms) works. */
const SETTLED_AFTER = 300

/** No right any more, or no pod: trying again helps nobody. */
const FINAL_STATUSES: ReadonlySet<number> = new Set([401, 403, 404])

/** A shell in a container. It lives above its page, so that another tab does not end it. */
export function createExecSession(target: ExecTarget): ExecSession {
  const state = createStore<ExecState>({ name: 'connecting' })
  const display = createStore<TerminalView | undefined>(undefined)
  let socket: WebSocket | undefined
  const recovery = new Recovery()
  let disposed = false

  const send = (bytes: Uint8Array<ArrayBuffer>) => {
    if (socket?.readyState === WebSocket.OPEN) socket.send(bytes)
  }

  async function prepare(): Promise<void> {
    try {
      const { createTerminalView } = await import('../terminal/terminal-view.ts')
      const view = await createTerminalView()
      if (disposed) return view.dispose()
      view.terminal.onData((text) => send(inputFrame(text)))
      view.terminal.onBinary((text) => send(binaryInputFrame(text)))
      view.terminal.onResize(({ cols: columns, rows }) => send(resizeFrame({ columns, rows })))
      display.set(view)
      connect(view)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      state.set({ name: 'failed', status: undefined, message })
    }
  }

  function connect(view: TerminalView): void {
    const { terminal } = view
    const url = new URL(execPath(target), location.origin.replace(/^http/, 'ws'))
    const current = new WebSocket(url, [...EXEC_SUBPROTOCOLS])
    let end: CommandEnd | undefined
    let isSettled = false
    let timer: ReturnType<typeof setTimeout> | undefined
    current.binaryType = 'arraybuffer'
    socket = current
    // On the way back to a shell, only how that goes is of interest.
    if (!recovery.isUnderWay) state.set({ name: 'connecting' })

    const settle = () => {
      clearTimeout(timer)
      if (socket !== current || isSettled) return
      isSettled = true
      recovery.connected()
      send(resizeFrame({ columns: terminal.cols, rows: terminal.rows }))
      state.set({ name: 'connected' })
    }
    current.addEventListener('open', () => {
      timer = setTimeout(settle, SETTLED_AFTER)
    })
    current.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (socket !== current || !(data instanceof ArrayBuffer)) return
      settle()
      const frame = parseFrame(data)
      if (frame.type === 'output') view.write(frame.bytes)
      else if (frame.type === 'end') end = frame.end
    })
    current.addEventListener('close', ({ code, reason }) => {
      clearTimeout(timer)
      if (socket !== current) return
      socket = undefined
      const status = statusOfCloseCode(code)
      const isFinal = status !== undefined && FINAL_STATUSES.has(status)
      if (end) state.set({ name: 'ended', end })
      else if ((isSettled || recovery.isUnderWay) && !isFinal) lose(view, reason)
      else if (status === undefined) state.set({ name: 'lost', message: reason })
      else state.set({ name: 'failed', status, message: reason })
    })
  }

  function lose(view: TerminalView, message: string): void {
    const attempt = recovery.plan(() => begin(view))
    if (attempt === undefined) state.set({ name: 'lost', message })
    else state.set({ name: 'reconnecting', attempt, message })
  }

  function begin(view: TerminalView): void {
    // What another shell prints begins on a line of its own.
    if (view.terminal.buffer.active.cursorX > 0) view.terminal.write('\r\n')
    connect(view)
  }

  void prepare()

  return {
    state,
    display,
    reconnect: () => {
      const view = display.get()
      socket?.close()
      recovery.forget()
      if (view) begin(view)
    },
    dispose: () => {
      disposed = true
      recovery.forget()
      socket?.close()
      socket = undefined
      display.get()?.dispose()
    },
  }
}
