import RFB from '@novnc/novnc'
import { createStore, type Store } from '../../feedback/store.ts'
import type { ConnectionListener, ConsoleDisplay } from '../console-session.ts'
import { strokesOf, type KeyCombination, type KeyStroke } from './key-combinations.ts'
import { PICTURE_LEVELS, vncSettings } from './vnc-settings.ts'

export interface VncDisplay extends ConsoleDisplay {
  readonly kind: 'vnc'
  sendKeys: (combination: KeyCombination) => void
  sendStroke: (stroke: KeyStroke) => void
  /** Whether keys and pointer stay here. */
  isViewOnly: Store<boolean>
  /** The guest's clipboard, where an agent in it tells; undefined until then. */
  guestClipboard: Pick<Store<string | undefined>, 'use'>
  /** Puts a text on the guest's clipboard; guests without an agent ignore it. */
  sendClipboard: (text: string) => void
  /** What is on the guest's screen, as PNG. */
  takePicture: () => Promise<Blob>
  /** The picture's accessible name. */
  setLabel: (label: string) => void
}

const MODIFIERS = [
  'ControlLeft',
  'ControlRight',
  'AltLeft',
  'AltRight',
  'ShiftLeft',
  'ShiftRight',
  'MetaLeft',
  'MetaRight',
]

/** noVNC behind the interface of all consoles. This module is its chunk: import it lazily. */
export function createVncDisplay({
  openSocket,
}: {
  openSocket: (options: { takeOver: boolean }) => WebSocket
}): VncDisplay {
  const element = document.createElement('div')
  element.className = 'virtdeck-console__picture'
  element.addEventListener('focusout', () => releaseModifiers(element))
  const isViewOnly = createStore(false)
  const guestClipboard = createStore<string | undefined>(undefined)
  let rfb: RFB | undefined
  let label = ''

  const applySettings = () => {
    if (rfb) apply(rfb, { isViewOnly: isViewOnly.get() })
  }
  const unsubscribe = [
    vncSettings.subscribe(applySettings),
    isViewOnly.subscribe(applySettings),
  ]

  function connect({
    takeOver,
    listener,
  }: {
    takeOver: boolean
    listener: ConnectionListener
  }): () => void {
    const socket = openSocket({ takeOver })
    let over = false
    // Before noVNC's own listener, so that ours decides while the picture is still there.
    socket.addEventListener('close', ({ code, reason }) => {
      if (over) return
      over = true
      listener.closed({ code, reason })
    })
    const connection = new RFB(element, socket, { shared: true })
    rfb = connection
    connection.background = 'transparent'
    applySettings()
    connection.addEventListener('connect', () => {
      if (!over) listener.opened()
    })
    connection.addEventListener('credentialsrequired', ({ detail }) =>
      listener.unusable(detail.types.join(', ')),
    )
    connection.addEventListener('securityfailure', ({ detail }) =>
      listener.unusable(detail.reason ?? String(detail.status)),
    )
    connection.addEventListener('clipboard', ({ detail }) => guestClipboard.set(detail.text))
    prepareCanvas(element, label)
    return () => {
      if (rfb === connection) rfb = undefined
      // noVNC complains when it is told to disconnect after the server did.
      if (!over) {
        over = true
        connection.disconnect()
      }
    }
  }

  const sendStroke = ({ keysym, code, down }: KeyStroke) => rfb?.sendKey(keysym, code, down)

  return {
    kind: 'vnc',
    element,
    connect,
    sendKeys: (combination) => {
      for (const stroke of strokesOf(combination)) sendStroke(stroke)
    },
    sendStroke,
    isViewOnly,
    guestClipboard,
    sendClipboard: (text) => rfb?.clipboardPasteFrom(text),
    takePicture: () =>
      new Promise((resolve, reject) => {
        const onBlob = (blob: Blob | null) =>
          blob ? resolve(blob) : reject(new Error('The picture is empty.'))
        if (rfb) rfb.toBlob(onBlob, 'image/png')
        else onBlob(null)
      }),
    setLabel: (next) => {
      label = next
      prepareCanvas(element, label)
    },
    focus: () => rfb?.focus({ preventScroll: true }),
    dispose: () => {
      for (const end of unsubscribe) end()
      element.remove()
    },
  }
}

/** Brings a connection to what the user wants now. */
function apply(rfb: RFB, { isViewOnly }: { isViewOnly: boolean }): void {
  const { scaling, picture } = vncSettings.get()
  // A guest that cannot resize its screen still has to fit.
  rfb.scaleViewport = scaling !== 'original'
  rfb.resizeSession = scaling === 'guest'
  rfb.viewOnly = isViewOnly
  rfb.qualityLevel = PICTURE_LEVELS[picture].quality
  rfb.compressionLevel = PICTURE_LEVELS[picture].compression
}

/** noVNC's canvas can be reached only by pointer; people with a keyboard need it, too. */
function prepareCanvas(element: HTMLElement, label: string): void {
  const canvas = element.querySelector('canvas')
  if (!canvas) return
  canvas.tabIndex = 0
  canvas.setAttribute('role', 'application')
  canvas.setAttribute('aria-label', label)
}

/**
 * noVNC lets go of keys when the window loses focus, not when its canvas does. Without
 * this, leaving the console by a shortcut leaves Ctrl pressed in the guest.
 */
function releaseModifiers(element: HTMLElement): void {
  const canvas = element.querySelector('canvas')
  for (const code of MODIFIERS) canvas?.dispatchEvent(new KeyboardEvent('keyup', { code }))
}
