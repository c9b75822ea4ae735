import { useEffect, useRef, type ReactNode } from 'react'
import { noticeOf } from './console-notice.ts'
import type { ConsoleSession } from './console-session.ts'
import type { GuestAvailability } from './guest-availability.ts'
import { ConsoleNoticeCard } from './ConsoleNoticeCard.tsx'
import { SerialActive } from './serial/SerialActive.tsx'
import { mayTakeFocus } from './use-mounted-element.ts'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'
import { VncActive } from './vnc/VncActive.tsx'

interface ConsoleScreenProps {
  session: ConsoleSession<VirtualMachineDisplay>
  guest: GuestAvailability
  virtualMachine: { name: string; status: string }
  startButton: ReactNode
}

/** The console itself, or in words why there is none; never blank. */
export function ConsoleScreen({
  session,
  guest,
  virtualMachine,
  startButton,
}: ConsoleScreenProps) {
  const { state, wasConnected } = session.machine.use()
  const display = session.display.use()
  const screen = useRef<HTMLDivElement>(null)
  const notice = noticeOf(state, guest)
  const isConnected = state.name === 'connected'

  useEffect(() => {
    const panel = screen.current?.closest('.virtdeck-console')
    if (isConnected && mayTakeFocus(panel)) display?.focus()
  }, [isConnected, display])

  return (
    <div ref={screen} className="virtdeck-console__screen">
      {notice && (
        <ConsoleNoticeCard
          notice={notice}
          values={virtualMachine}
          send={session.send}
          startButton={startButton}
          // What the guest said on its serial port stays readable.
          isStrip={display?.kind === 'serial' && wasConnected}
        />
      )}
      {display?.kind === 'vnc' && (
        <VncActive display={display} virtualMachineName={virtualMachine.name} />
      )}
      {display?.kind === 'serial' && (
        <SerialActive display={display} virtualMachineName={virtualMachine.name} />
      )}
    </div>
  )
}
