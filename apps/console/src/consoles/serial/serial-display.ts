import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import type { ConsoleDisplay } from '../console-session.ts'
import { createSerialHistory, join } from './serial-history.ts'
import { connectSerial, type SerialConnection } from './serial-socket.ts'
import { TERMINAL_THEMES } from './terminal-themes.ts'

export interface SerialDisplay extends ConsoleDisplay {
  readonly kind: 'serial'
  /** Fits the terminal to the element's size; when it is on a page. */
  fit: () => void
  setDark: (dark: boolean) => void
  setLabel: (label: string) => void
}

const SCROLL_BACK = 10_000
const FONT_FAMILY =
  '"Red Hat Mono", ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace'
const FONT_SIZE = 14

/** What arrives this soon (ms) after a connection's first bytes may be the host's replay. */
const REPLAY_WINDOW = 150

/** xterm behind the interface of all consoles. This module is its chunk: import it lazily. */
export async function createSerialDisplay({
  openSocket,
}: {
  openSocket: (options: { takeOver: boolean }) => WebSocket
}): Promise<SerialDisplay> {
  await loadFont()
  const element = document.createElement('div')
  element.className = 'virtdeck-console__terminal'
  // The terminal measures its parent, whose padding it would count as room for text.
  const terminalHost = document.createElement('div')
  terminalHost.className = 'virtdeck-console__terminal-host'
  element.append(terminalHost)
  const fitAddon = new FitAddon()
  const terminal = createTerminal(fitAddon)
  let connection: SerialConnection | undefined
  let opened = false
  let label = ''

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
      terminal.write(fresh, () => {
        isReplaying = false
      })
    }

    function receive(bytes: Uint8Array): void {
      if (!early) {
        history.remember(bytes)
        terminal.write(bytes)
        return
      }
      if (early.length === 0) timer = setTimeout(flush, REPLAY_WINDOW)
      early.push(bytes)
    }

    return { receive, flush }
  }

  /** xterm measures its font when it is opened: the element has to be on a page by then. */
  function openOnPage(): boolean {
    if (!element.isConnected) return false
    if (opened) return true
    opened = true
    terminal.open(terminalHost)
    terminal.textarea?.setAttribute('aria-label', label)
    return true
  }

  return {
    kind: 'serial',
    element,
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
    fit: () => {
      if (openOnPage() && element.clientWidth > 0) fitAddon.fit()
    },
    setDark: (dark) => {
      terminal.options.theme = dark ? TERMINAL_THEMES.dark : TERMINAL_THEMES.light
    },
    setLabel: (next) => {
      label = next
      terminal.textarea?.setAttribute('aria-label', label)
    },
    focus: () => terminal.focus(),
    dispose: () => {
      terminal.dispose()
      element.remove()
    },
  }
}

/** The terminal measures its font once: a fallback's size would give it wrong rows. */
async function loadFont(): Promise<void> {
  try {
    await document.fonts.load(`${FONT_SIZE}px ${FONT_FAMILY}`)
  } catch {
    // Then it is a fallback for good, which is measured rightly.
  }
}

function createTerminal(fitAddon: FitAddon): Terminal {
  const terminal = new Terminal({
    // The unicode API counts as proposed.
    allowProposedApi: true,
    cursorBlink: true,
    fontFamily: FONT_FAMILY,
    fontSize: FONT_SIZE,
    minimumContrastRatio: 4.5,
    scrollback: SCROLL_BACK,
  })
  terminal.loadAddon(fitAddon)
  terminal.loadAddon(new WebLinksAddon())
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  terminal.attachCustomKeyEventHandler((event) => !copiesSelection(terminal, event))
  return terminal
}

/**
 * Ctrl+C copies where there is a selection and interrupts where there is none. The browser
 * does the copying itself when xterm leaves the key alone; Ctrl+Shift+V and the context
 * menu paste.
 */
function copiesSelection(terminal: Terminal, event: KeyboardEvent): boolean {
  return (
    event.type === 'keydown' &&
    event.ctrlKey &&
    !event.altKey &&
    event.code === 'KeyC' &&
    terminal.hasSelection()
  )
}
