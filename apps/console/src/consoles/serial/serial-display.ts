import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import type { ConsoleDisplay } from '../console-session.ts'
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

/** xterm behind the interface of all consoles. This module is its chunk: import it lazily. */
export function createSerialDisplay({
  openSocket,
}: {
  openSocket: (options: { takeOver: boolean }) => WebSocket
}): SerialDisplay {
  const element = document.createElement('div')
  element.className = 'virtdeck-console__terminal'
  const fitAddon = new FitAddon()
  const terminal = createTerminal(fitAddon)
  let connection: SerialConnection | undefined
  let opened = false
  let label = ''

  terminal.onData((text) => connection?.send(text))
  terminal.onBinary((text) => connection?.sendBinary(text))

  /** xterm measures its font when it is opened: the element has to be on a page by then. */
  function openOnPage(): boolean {
    if (!element.isConnected) return false
    if (opened) return true
    opened = true
    terminal.open(element)
    terminal.textarea?.setAttribute('aria-label', label)
    return true
  }

  return {
    kind: 'serial',
    element,
    connect: ({ takeOver, listener }) => {
      const current = connectSerial({
        socket: openSocket({ takeOver }),
        listener,
        onData: (bytes) => terminal.write(bytes),
      })
      connection = current
      return () => {
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

function createTerminal(fitAddon: FitAddon): Terminal {
  const terminal = new Terminal({
    // The unicode API counts as proposed.
    allowProposedApi: true,
    cursorBlink: true,
    fontFamily: '"Red Hat Mono", ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace',
    fontSize: 14,
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
