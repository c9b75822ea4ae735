import {
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../live/session.ts'
import '../consoles.css'
import type { ConsoleOwner } from '../console-sessions.ts'
import { isLeaveChord } from '../leave-chord.ts'
import { TerminalSearch } from '../terminal/TerminalSearch.tsx'
import { TerminalTools } from '../terminal/TerminalTools.tsx'
import { FullScreenItem } from '../FullScreenItem.tsx'
import { useFullScreen } from '../use-full-screen.ts'
import { useIdle } from '../use-idle.ts'
import { FilesPanel } from './FilesPanel.tsx'
import { SshScreen } from './SshScreen.tsx'
import { SshStatusBar } from './SshStatusBar.tsx'
import type { SshSession } from './ssh-session.ts'

interface SshPanelProps {
  session: SshSession
  owner: ConsoleOwner
  /** Offered in the form. */
  userName: string
  /** What stands in the way now. */
  notice: ReactNode
  /** The choice of the console. */
  switcher: ReactNode
  /** More for the toolbar. */
  tools: ReactNode
}

/** F-45: a shell of the guest and its files, by SSH. */
export function SshPanel(props: SshPanelProps) {
  const { session, owner, userName, notice, switcher, tools } = props
  const { t } = useTranslation()
  const panel = useRef<HTMLElement>(null)
  const state = session.state.use()
  const display = session.display.use()
  const { isFullScreen, toggle } = useFullScreen(panel)
  const [isSearching, setIsSearching] = useState(false)
  const [showsFiles, setShowsFiles] = useState(false)
  const isConnected = state.name === 'connected'
  const hasTerminal = ['connected', 'reconnecting', 'ended'].includes(state.name)
  useIdleEnd(panel, session)
  useLeaveWarning(session)

  /** In the capture phase: the chord is for the page, not for the shell. */
  function leave(event: KeyboardEvent): void {
    if (!isLeaveChord(event.nativeEvent)) return
    event.preventDefault()
    event.stopPropagation()
    panel.current?.querySelector('button')?.focus()
  }

  return (
    <section ref={panel} className="virtdeck-console" aria-label={t('consoles.title')}>
      <Toolbar aria-label={t('consoles.toolbar')} className="virtdeck-console__toolbar">
        <ToolbarContent>
          {switcher}
          <ToolbarGroup align={{ default: 'alignEnd' }}>
            {hasTerminal && display && (
              <TerminalTools
                display={display}
                name={owner.name}
                isSearching={isSearching}
                onSearch={setIsSearching}
              />
            )}
            <ToolbarItem>
              <Button
                variant="secondary"
                size="sm"
                isDisabled={!isConnected}
                aria-expanded={isConnected && showsFiles}
                onClick={() => setShowsFiles(!showsFiles)}
              >
                {t('ssh.files.title')}
              </Button>
            </ToolbarItem>
            <ToolbarItem>
              <Button
                variant="secondary"
                size="sm"
                isDisabled={state.name === 'signIn' || state.name === 'ended'}
                onClick={() => session.end('byUser')}
              >
                {t('consoles.action.disconnect')}
              </Button>
            </ToolbarItem>
            {tools}
            <FullScreenItem isFullScreen={isFullScreen} onToggle={() => void toggle()} />
          </ToolbarGroup>
        </ToolbarContent>
      </Toolbar>
      {isSearching && hasTerminal && display && (
        <TerminalSearch display={display} onClose={() => setIsSearching(false)} />
      )}
      <div className="virtdeck-console__body">
        <div className="virtdeck-console__screen" onKeyDownCapture={leave}>
          <SshScreen session={session} owner={owner} userName={userName} notice={notice} />
        </div>
        {isConnected && showsFiles && (
          <FilesPanel files={session.files} onClose={() => setShowsFiles(false)} />
        )}
      </div>
      <SshStatusBar state={state} />
    </section>
  )
}

const hasTransfer = ({ files }: SshSession): boolean =>
  files.transfers.get().some(({ state }) => state === 'running')

/** Somebody who only waits for a file is there, too. */
function useIdleEnd(panel: RefObject<HTMLElement | null>, session: SshSession): void {
  const { consoleIdleMinutes: minutes } = useSession()
  const onIdle = useCallback(() => {
    const { name } = session.state.get()
    const hasShell = name === 'connected' || name === 'reconnecting'
    if (hasShell && !hasTransfer(session)) session.end('idle')
  }, [session])
  useIdle(panel, { console: session, minutes, onIdle })
}

/** A page that is closed takes its transfers with it: the browser asks. */
function useLeaveWarning(session: SshSession): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (hasTransfer(session)) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [session])
}
