import { useCallback, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../live/session.ts'
import './consoles.css'
import type { ConsoleChoice } from './console-choice.ts'
import type { ConsoleSession } from './console-session.ts'
import { ConsoleScreen } from './ConsoleScreen.tsx'
import { ConsoleStatusBar } from './ConsoleStatusBar.tsx'
import { ConsoleToolbar } from './ConsoleToolbar.tsx'
import type { GuestAvailability } from './guest-availability.ts'
import { isLeaveChord } from './leave-chord.ts'
import { useIdle } from './use-idle.ts'
import { TerminalSearch } from './terminal/TerminalSearch.tsx'
import { useFullScreen } from './use-full-screen.ts'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'
import { ScreenKeyboard } from './vnc/ScreenKeyboard.tsx'

interface ConsolePanelProps {
  session: ConsoleSession<VirtualMachineDisplay>
  guest: GuestAvailability
  virtualMachine: { name: string; status: string; isSimulated: boolean }
  /** The console that is not shown, where it is open. */
  other: ConsoleSession<VirtualMachineDisplay> | undefined
  startButton: ReactNode
  choice: ConsoleChoice
  onChoose: (change: Partial<ConsoleChoice>) => void
  /** More for the toolbar. */
  children?: ReactNode
}

/** Toolbar, screen and status of one console; the part that can fill the whole screen. */
export function ConsolePanel(props: ConsolePanelProps) {
  const { session, guest, virtualMachine, other, startButton } = props
  const { choice, onChoose, children } = props
  const { kind } = choice
  const { t } = useTranslation()
  const panel = useRef<HTMLElement>(null)
  const { activity, state } = session.machine.use()
  const display = session.display.use()
  const { isFullScreen, toggle } = useFullScreen(panel)
  const [isHelperShown, setIsHelperShown] = useState(false)
  const { consoleIdleMinutes: minutes } = useSession()
  const onIdle = useCallback(() => {
    if (session.machine.get().activity.type !== 'none') {
      session.send({ type: 'disconnect', reason: 'idle' })
    }
  }, [session])
  useIdle(panel, { console: session, minutes, onIdle })

  /** In the capture phase: the chord is for the page, not for the guest. */
  function leaveConsole(event: KeyboardEvent): void {
    if (!isLeaveChord(event.nativeEvent)) return
    event.preventDefault()
    event.stopPropagation()
    panel.current?.querySelector('button')?.focus()
  }

  return (
    <section ref={panel} className="virtdeck-console" aria-label={t('consoles.title')}>
      <ConsoleToolbar
        session={session}
        virtualMachineName={virtualMachine.name}
        isHelperShown={isHelperShown}
        onHelper={setIsHelperShown}
        choice={choice}
        onChoose={(change) => {
          if (change.kind !== undefined) setIsHelperShown(false)
          onChoose(change)
        }}
        isFullScreen={isFullScreen}
        onToggleFullScreen={() => void toggle()}
      >
        {children}
      </ConsoleToolbar>
      {isHelperShown && display?.kind === 'serial' && (
        <TerminalSearch display={display} onClose={() => setIsHelperShown(false)} />
      )}
      <div className="virtdeck-console__body" onKeyDownCapture={leaveConsole}>
        <ConsoleScreen
          key={kind}
          session={session}
          guest={guest}
          virtualMachine={virtualMachine}
          startButton={startButton}
        />
      </div>
      {isHelperShown && display?.kind === 'vnc' && activity.type === 'open' && (
        <ScreenKeyboard send={display.sendStroke} />
      )}
      <ConsoleStatusBar
        state={state}
        display={display}
        isSimulated={virtualMachine.isSimulated}
        isPaused={virtualMachine.status === 'Paused'}
        other={other}
      />
    </section>
  )
}
