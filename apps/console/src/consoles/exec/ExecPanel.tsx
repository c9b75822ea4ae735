import {
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../../ui/Loading.tsx'
import '../consoles.css'
import { isLeaveChord } from '../leave-chord.ts'
import { TerminalActive } from '../terminal/TerminalActive.tsx'
import { TerminalSearch } from '../terminal/TerminalSearch.tsx'
import { TerminalTools } from '../terminal/TerminalTools.tsx'
import { FullScreenItem } from '../FullScreenItem.tsx'
import { useFullScreen } from '../use-full-screen.ts'
import { mayTakeFocus } from '../use-mounted-element.ts'
import type { ExecSession } from './exec-session.ts'
import { ExecNotice, ExecStatus } from './ExecStatus.tsx'

interface ExecPanelProps {
  session: ExecSession
  container: string
  /** The choices of container and shell. */
  children: ReactNode
  /** Offered when the chosen shell does not work. */
  onTryAnotherShell: (() => void) | undefined
}

/** A terminal in a container: choices, screen and state. */
export function ExecPanel(props: ExecPanelProps) {
  const { session, container, children, onTryAnotherShell } = props
  const { t } = useTranslation()
  const panel = useRef<HTMLElement>(null)
  const state = session.state.use()
  const display = session.display.use()
  const { isFullScreen, toggle } = useFullScreen(panel)
  const [isSearching, setIsSearching] = useState(false)
  const isConnected = state.name === 'connected'

  useEffect(() => {
    if (isConnected && mayTakeFocus(panel.current)) display?.focus()
  }, [isConnected, display])

  /** In the capture phase: the chord is for the page, not for the shell. */
  function leave(event: KeyboardEvent): void {
    if (!isLeaveChord(event.nativeEvent)) return
    event.preventDefault()
    event.stopPropagation()
    panel.current?.querySelector('select')?.focus()
  }

  return (
    <section ref={panel} className="virtdeck-console" aria-label={t('pod.terminal.title')}>
      <Toolbar aria-label={t('consoles.toolbar')} className="virtdeck-console__toolbar">
        <ToolbarContent>
          {children}
          <ToolbarGroup align={{ default: 'alignEnd' }}>
            {display && (
              <TerminalTools
                display={display}
                name={container}
                isSearching={isSearching}
                onSearch={setIsSearching}
              />
            )}
            <ToolbarItem>
              <Button
                variant="secondary"
                isDisabled={state.name === 'connecting'}
                onClick={session.reconnect}
              >
                {t('consoles.action.reconnect')}
              </Button>
            </ToolbarItem>
            <FullScreenItem isFullScreen={isFullScreen} onToggle={() => void toggle()} />
          </ToolbarGroup>
        </ToolbarContent>
      </Toolbar>
      {isSearching && display && (
        <TerminalSearch display={display} onClose={() => setIsSearching(false)} />
      )}
      <div className="virtdeck-console__body" onKeyDownCapture={leave}>
        <div className="virtdeck-console__screen">
          {display ? (
            <TerminalActive display={display} label={t('pod.terminal.screen', { container })} />
          ) : (
            state.name === 'connecting' && <Loading />
          )}
          <ExecNotice
            state={state}
            onReconnect={session.reconnect}
            onTryAnotherShell={onTryAnotherShell}
          />
        </div>
      </div>
      <ExecStatus state={state} />
    </section>
  )
}
