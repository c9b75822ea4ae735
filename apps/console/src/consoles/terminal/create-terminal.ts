import { Unicode11Addon } from '@xterm/addon-unicode11'
import { WebLinksAddon } from '@xterm/addon-web-links'
import { Terminal, type ITerminalAddon } from '@xterm/xterm'
import { terminalSettings } from './terminal-settings.ts'

const SCROLL_BACK = 10_000
const FONT_FAMILY =
  '"Red Hat Mono", ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace'

/** The terminal measures its font once: a fallback's size would give it wrong rows. */
export async function loadFont(): Promise<void> {
  try {
    await document.fonts.load(`${terminalSettings.get().fontSize}px ${FONT_FAMILY}`)
  } catch {
    // Then it is a fallback for good, which is measured rightly.
  }
}

/** A terminal with links, wide characters and the keys to copy; not on a page yet. */
export function createTerminal(addons: readonly ITerminalAddon[]): Terminal {
  const terminal = new Terminal({
    // The unicode API counts as proposed.
    allowProposedApi: true,
    cursorBlink: true,
    fontFamily: FONT_FAMILY,
    fontSize: terminalSettings.get().fontSize,
    minimumContrastRatio: 4.5,
    scrollback: SCROLL_BACK,
  })
  for (const addon of addons) terminal.loadAddon(addon)
  terminal.loadAddon(new WebLinksAddon())
  terminal.loadAddon(new Unicode11Addon())
  terminal.unicode.activeVersion = '11'
  terminal.attachCustomKeyEventHandler((event) => !copiesSelection(terminal, event))
  terminal.onSelectionChange(() => {
    if (!terminalSettings.get().copyOnSelection || !terminal.hasSelection()) return
    // A browser that refuses has said so to the user; the selection is still there.
    navigator.clipboard.writeText(terminal.getSelection()).catch(() => {})
  })
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
