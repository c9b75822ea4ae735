import type { ConsoleKind } from '@virtdeck/bff-contract'
import { useEffect } from 'react'
import { createConsoleSession } from './console-session.ts'
import { createConsoleSessions, type ConsoleOwner } from './console-sessions.ts'
import { openConsoleSocket } from './console-socket.ts'
import { guestAvailability, type GuestAvailability } from './guest-availability.ts'
import { closeRdpSession } from './rdp/rdp-sessions.ts'
import { sshSessions } from './ssh/ssh-sessions.ts'
import type { SerialDisplay } from './serial/serial-display.ts'
import type { VncDisplay } from './vnc/vnc-display.ts'

export type VirtualMachineDisplay = VncDisplay | SerialDisplay

/** Four VMs side by side with both consoles each. */
const MAX_SESSIONS = 8

export const consoleSessions = createConsoleSessions<ConsoleKind, VirtualMachineDisplay>(
  MAX_SESSIONS,
)

window.addEventListener('online', () => consoleSessions.retryAll())

interface OpenSocket {
  openSocket: (options: { takeOver: boolean }) => WebSocket
}

/** Each protocol is a chunk of its own, loaded when it is first used. */
const loadDisplay: Record<
  ConsoleKind,
  (options: OpenSocket) => Promise<VirtualMachineDisplay>
> = {
  vnc: async (options) => (await import('./vnc/vnc-display.ts')).createVncDisplay(options),
  serial: async (options) =>
    (await import('./serial/serial-display.ts')).createSerialDisplay(options),
}

export function openConsole(
  owner: ConsoleOwner,
  { kind, guest }: { kind: ConsoleKind; guest: GuestAvailability },
): void {
  consoleSessions.open(owner, kind, () =>
    createConsoleSession({
      guest,
      load: () =>
        loadDisplay[kind]({
          openSocket: ({ takeOver }) => openConsoleSocket({ owner, console: kind, takeOver }),
        }),
    }),
  )
}

/**
 * For the page of a VM: its consoles follow what becomes of the guest whatever tab is
 * shown, and end when one leaves the page.
 */
export function useConsolesOf(
  { namespace, name }: ConsoleOwner,
  objects: Parameters<typeof guestAvailability>[0],
): void {
  const guest = guestAvailability(objects)
  useEffect(
    () => consoleSessions.setGuest({ namespace, name }, guest),
    [namespace, name, guest],
  )
  useEffect(
    () => () => {
      consoleSessions.closeAllOf({ namespace, name })
      sshSessions.close({ namespace, name })
      closeRdpSession({ namespace, name })
    },
    [namespace, name],
  )
}
