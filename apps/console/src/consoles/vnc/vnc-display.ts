import RFB from '@novnc/novnc'
import type { ConnectionListener, ConsoleDisplay } from '../console-session.ts'
import { strokesOf, type KeyCombination } from './key-combinations.ts'

export interface VncDisplay extends ConsoleDisplay {
  readonly kind: 'vnc'
  sendKeys: (combination: KeyCombination) => void
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
  let rfb: RFB | undefined
  let label = ''

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
    connection.scaleViewport = true
    connection.background = 'transparent'
    connection.addEventListener('connect', () => {
      if (!over) listener.opened()
    })
    connection.addEventListener('credentialsrequired', ({ detail }) =>
      listener.unusable(detail.types.join(', ')),
    )
    connection.addEventListener('securityfailure', ({ detail }) =>
      listener.unusable(detail.reason ?? String(detail.status)),
    )
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

  return {
    kind: 'vnc',
    element,
    connect,
    sendKeys: (combination) => {
      for (const { keysym, code, down } of strokesOf(combination)) {
        rfb?.sendKey(keysym, code, down)
      }
    },
    setLabel: (next) => {
      label = next
      prepareCanvas(element, label)
    },
    focus: () => rfb?.focus({ preventScroll: true }),
    dispose: () => element.remove(),
  }
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
