import '@xterm/xterm/css/xterm.css'
import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import type { Terminal } from '@xterm/xterm'
import { createStore, type Store } from '../../feedback/store.ts'
import { createAsciicast, type Asciicast } from './asciicast.ts'
import { createTerminal, loadFont } from './create-terminal.ts'
import { drawWithWebGl } from './draw-with-web-gl.ts'
import { guardPaste } from './guard-paste.ts'
import { TERMINAL_THEMES } from './terminal-themes.ts'
import { terminalSettings } from './terminal-settings.ts'

/** A terminal on a page: an element that outlives connections. */
export interface TerminalView {
  readonly element: HTMLElement
  readonly terminal: Terminal
  /** Shows what the other side said; recorded while a recording runs. */
  write: (data: Uint8Array | string, onDone?: () => void) => void
  /** Fits the terminal to the element's size; when it is on a page. */
  fit: () => void
  /** The colours of the page; the user may have chosen others for terminals. */
  setDark: (dark: boolean) => void
  setLabel: (label: string) => void
  /** Marks all places of a text and goes to the next one; false where there is none. */
  find: (text: string, direction: 'next' | 'previous') => boolean
  endFind: () => void
  /** All that is kept of it, as text. */
  text: () => string
  /** Begins a recording; undefined while there is none. */
  record: (title: string) => void
  recording: Pick<Store<Asciicast | undefined>, 'get' | 'use'>
  /** Ends it; the answer is the content of a `.cast` file. */
  endRecording: () => string
  /** A text of several lines that was pasted and not sent yet: each line may be a command. */
  pasted: Store<string | undefined>
  focus: () => void
  dispose: () => void
}

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
  const searchAddon = new SearchAddon()
  const terminal = createTerminal([fitAddon, searchAddon])
  const recording = createStore<Asciicast | undefined>(undefined)
  const pasted = createStore<string | undefined>(undefined)
  guardPaste(element, { onSeveralLines: pasted.set })
  terminal.onResize(({ cols: columns, rows }) => recording.get()?.resize({ columns, rows }))
  let opened = false
  let label = ''
  let isPageDark = false

  /** xterm measures its font when it is opened: the element has to be on a page by then. */
  function openOnPage(): boolean {
    if (!element.isConnected) return false
    if (opened) return true
    opened = true
    terminal.open(terminalHost)
    drawWithWebGl(terminal)
    terminal.textarea?.setAttribute('aria-label', label)
    return true
  }

  function fit(): void {
    if (openOnPage() && element.clientWidth > 0) fitAddon.fit()
  }

  function applySettings(): void {
    const { fontSize, theme } = terminalSettings.get()
    const isDark = theme === 'page' ? isPageDark : theme === 'dark'
    const colours = isDark ? TERMINAL_THEMES.dark : TERMINAL_THEMES.light
    terminal.options.theme = colours
    element.style.backgroundColor = colours.background ?? ''
    if (terminal.options.fontSize === fontSize) return
    terminal.options.fontSize = fontSize
    fit()
  }
  applySettings()
  const unsubscribe = terminalSettings.subscribe(applySettings)

  return {
    element,
    terminal,
    write: (data, onDone) => {
      recording.get()?.output(data)
      terminal.write(data, onDone)
    },
    fit,
    setDark: (dark) => {
      isPageDark = dark
      applySettings()
    },
    setLabel: (next) => {
      label = next
      terminal.textarea?.setAttribute('aria-label', label)
    },
    find: (text, direction) =>
      direction === 'next' ? searchAddon.findNext(text) : searchAddon.findPrevious(text),
    endFind: () => searchAddon.clearDecorations(),
    text: () => textOf(terminal),
    record: (title) => {
      const { cols: columns, rows } = terminal
      const now = () => performance.now()
      recording.set(createAsciicast({ columns, rows, title, startedAt: Date.now(), now }))
    },
    recording,
    endRecording: () => {
      const text = recording.get()?.toText() ?? ''
      recording.set(undefined)
      return text
    },
    pasted,
    focus: () => terminal.focus(),
    dispose: () => {
      unsubscribe()
      terminal.dispose()
      element.remove()
    },
  }
}

/** Lines as the guest wrote them: those that only the terminal broke are one. */
function textOf(terminal: Terminal): string {
  const { active } = terminal.buffer
  let text = ''
  for (let index = 0; index < active.length; index += 1) {
    const line = active.getLine(index)
    if (!line) continue
    const isBroken = active.getLine(index + 1)?.isWrapped ?? false
    text += line.translateToString(!isBroken) + (isBroken ? '' : '\n')
  }
  return `${text.trimEnd()}\n`
}
