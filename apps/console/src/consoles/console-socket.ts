import { CONSOLE_SUBPROTOCOL, consolePath, type ConsoleKind } from '@virtdeck/bff-contract'
import type { ConsoleOwner } from './console-sessions.ts'

/** The WebSocket of a VM's console, with the session cookie of this page. */
export function openConsoleSocket({
  owner,
  console,
  takeOver,
}: {
  owner: ConsoleOwner
  console: ConsoleKind
  /** Ends another viewer's session rather than being refused because of it. */
  takeOver: boolean
}): WebSocket {
  const path = consolePath({
    ...owner,
    console,
    // Serial consoles know no such thing: there the newest viewer always wins.
    preserveSession: console === 'vnc' && !takeOver,
  })
  const url = new URL(path, location.origin.replace(/^http/, 'ws'))
  return new WebSocket(url, CONSOLE_SUBPROTOCOL)
}
