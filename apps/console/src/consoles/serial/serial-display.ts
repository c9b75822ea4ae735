import type { ConsoleDisplay } from '../console-session.ts'
import { createTerminalView, type TerminalView } from '../terminal/terminal-view.ts'
import { createSerialHistory, join } from './serial-history.ts'
import { connectSerial, type SerialConnection } from './serial-socket.ts'

export interface SerialDisplay extends ConsoleDisplay, TerminalView {
  readonly kind: 'serial'
}

/** What arrives this soon (ms) after a connection's first bytes may be the host's replay. */
const REPLAY_WINDOW = 150

/** xterm behind the interface of all consoles. This module is its chunk: import it lazily. */
export async function createSerialDisplay({
  openSocket,
}: {
  openSocket: (options: { takeOver: boolean }) => WebSocket
}): Promise<SerialDisplay> {
  const view = await createTerminalView()
  const { terminal } = view
  let connection: SerialConnection | undefined

  const history = createSerialHistory()
  /** Old questions of the guest ("where is the cursor?") are not answered a second time. */
  let isReplaying = false

  terminal.onData((text) => {
    if (!isReplaying) connection?.send(text)
  })
  terminal.onBinary((text) => connection?.sendBinary(text))

  /** Collects what may be a replay, shows what is new of it, and the rest as it comes. */
  function createReceiver() {
    let early: Uint8Array[] | undefined = []
    let timer: ReturnType<typeof setTimeout> | undefined

    function flush(): void {
      clearTimeout(timer)
      if (!early || early.length === 0) return
      const fresh = history.withoutRepetition(join(early))
      early = undefined
      history.remember(fresh)
      isReplaying = true
      view.write(fresh, () => {
        isReplaying = false
      })
    }

    function receive(bytes: Uint8Array): void {
      if (!early) {
        history.remember(bytes)
        view.write(bytes)
        return
      }
      if (early.length === 0) timer = setTimeout(flush, REPLAY_WINDOW)
      early.push(bytes)
    }

    return { receive, flush }
  }

  return {
    kind: 'serial',
    ...view,
    connect: ({ takeOver, listener }) => {
      const { receive, flush } = createReceiver()
      const current = connectSerial({
        socket: openSocket({ takeOver }),
        listener,
        onData: receive,
      })
      connection = current
      return () => {
        flush()
        if (connection === current) connection = undefined
        current.close()
      }
    },
  }
}
