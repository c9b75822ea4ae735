import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal } from '@xterm/xterm'
import { TERMINAL_THEMES } from './terminal-themes.ts'

/** A terminal on a page: an element that outlives connections. */
export interface TerminalView {
  readonly element: HTMLElement
  readonly terminal: Terminal
  /** Fits the terminal to the element's size; when it is on a page. */
  fit: () => void
  setDark: (dark: boolean) => void
  setLabel: (label: string) => void
  focus: () => void
  dispose: () => void
}

const SCROLL_BACK = 10_000
const FONT_FAMILY =
  '"Red Hat Mono", ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace'
const FONT_SIZE = 14

/** xterm as all consoles with text have it. It is large: import what uses it lazily. */
export async function createTerminalView(): Promise<TerminalView> {
  await loadFont()
  const element = document.createElement('div')
  element.className = 'virtdeck-console__terminal'
  // The terminal measures its parent, whose padding it would count as room for text.
  const terminalHost = document.createElement('div')
  terminalHost.className = 'virtdeck-console__terminal-host'
  element.append(terminalHost)
  const fitAddon = new FitAddon()
  const terminal = createTerminal(fitAddon)
  let opened = false
  let label = ''

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
    element,
    terminal,
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
