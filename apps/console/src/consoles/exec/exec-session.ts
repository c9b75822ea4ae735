import { EXEC_SUBPROTOCOLS, execPath, statusOfCloseCode } from '@virtdeck/bff-contract'
import { createStore, type Store } from '../../feedback/store.ts'
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

/** A shell in a container. It lives above its page, so that another tab does not end it. */
export function createExecSession(target: ExecTarget): ExecSession {
  const state = createStore<ExecState>({ name: 'connecting' })
  const display = createStore<TerminalView | undefined>(undefined)
  let socket: WebSocket | undefined
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
    let timer: ReturnType<typeof setTimeout> | undefined
    current.binaryType = 'arraybuffer'
    socket = current
    state.set({ name: 'connecting' })

    const settle = () => {
      clearTimeout(timer)
      if (socket !== current || state.get().name !== 'connecting') return
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
      if (end) state.set({ name: 'ended', end })
      else if (status === undefined) state.set({ name: 'lost', message: reason })
      else state.set({ name: 'failed', status, message: reason })
    })
  }

  void prepare()

  return {
    state,
    display,
    reconnect: () => {
      const view = display.get()
      socket?.close()
      if (!view) return
      // What another shell prints begins on a line of its own.
      if (view.terminal.buffer.active.cursorX > 0) view.terminal.write('\r\n')
      connect(view)
    },
    dispose: () => {
      disposed = true
      socket?.close()
      socket = undefined
      display.get()?.dispose()
    },
  }
}
