import {
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { useCallback, useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../live/session.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import '../consoles.css'
import { FullScreenItem } from '../FullScreenItem.tsx'
import { useFullScreen } from '../use-full-screen.ts'
import { useIdle } from '../use-idle.ts'
import { setWholePictures, wantsWholePictures } from './pinned-certificates.ts'
import { ConsolePending } from '../ConsoleNoticeViews.tsx'
import { isFailure } from './rdp-ending.ts'
import { RdpCertificateConfirmation } from './RdpCertificateConfirmation.tsx'
import { RdpFrame } from './RdpFrame.tsx'
import { RdpReconnecting } from './RdpReconnecting.tsx'
import { RdpSignIn } from './RdpSignIn.tsx'
import { RdpStatusBar } from './RdpStatusBar.tsx'
import type { RdpState } from './rdp-session.ts'
import { useRdpSession } from './rdp-sessions.ts'

interface RdpPanelProps {
  owner: ConsoleOwner
  uid: string
  mayConnect: boolean
  /** What stands in the way now; nothing where nothing does. */
  notice: ReactNode
  /** The choice of the console. */
  switcher: ReactNode
  /** More for the toolbar. */
  tools: ReactNode
}

/** F-43: an RDP session inside of the browser. */
export function RdpPanel(props: RdpPanelProps) {
  const { owner, uid, mayConnect, notice, switcher, tools } = props
  const { t } = useTranslation()
  const panel = useRef<HTMLElement>(null)
  const { isFullScreen, toggle } = useFullScreen(panel)
  const { session, state } = useRdpSession({ owner, uid })
  const isConnected = state.name === 'connected'
  const isOngoing = state.name !== 'signIn'
  const [wholePictures, keepWholePictures] = useState(() => wantsWholePictures(uid))
  const { consoleIdleMinutes: minutes } = useSession()
  const onIdle = useCallback(() => {
    if (session.getState().name !== 'signIn') session.end('idle')
  }, [session])
  useIdle(panel, { console: session, minutes, onIdle })

  return (
    <section ref={panel} className="virtdeck-console" aria-label={t('consoles.title')}>
      <Toolbar aria-label={t('consoles.toolbar')} className="virtdeck-console__toolbar">
        <ToolbarContent>
          {switcher}
          <ToolbarGroup align={{ default: 'alignEnd' }}>
            {(['ctrlAltDel', 'meta'] as const).map((keys) => (
              <ToolbarItem key={keys}>
                <Button
                  variant="secondary"
                  size="sm"
                  isDisabled={!isConnected}
                  onClick={() => session.sendKeys(keys)}
                >
                  {t(`rdp.keys.${keys}`)}
                </Button>
              </ToolbarItem>
            ))}
            <ToolbarItem>
              <Button
                variant="secondary"
                size="sm"
                isDisabled={!isOngoing}
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
      <div className="virtdeck-console__body">
        <div className="virtdeck-console__screen">
          {(state.name === 'signIn' || state.name === 'asking') && (
            <RdpSignIn
              mayConnect={mayConnect}
              notice={notice}
              isBusy={state.name === 'asking'}
              problem={state.name === 'signIn' ? problemIn(state) : undefined}
              known={session.known}
              asksForWholePictures={wholePictures}
              onWholePictures={(wanted) => {
                setWholePictures(uid, wanted)
                keepWholePictures(wanted)
              }}
              onSubmit={session.signIn}
            />
          )}
          {state.name === 'confirming' && (
            <RdpCertificateConfirmation
              certificate={state.certificate}
              pinned={state.pinned}
              onTrust={() => session.trust(state.certificate)}
              onCancel={() => session.end('byUser')}
            />
          )}
          {state.name === 'reconnecting' && (
            <RdpReconnecting
              notice={notice}
              attempt={state.attempt}
              message={state.message}
              onRetry={session.retry}
              onDisconnect={() => session.end('byUser')}
            />
          )}
          {(state.name === 'connecting' || state.name === 'resting') && (
            <div className="virtdeck-console__notice">
              <ConsolePending title={t('consoles.notice.connecting.title')} actions={null}>
                {t('consoles.notice.connecting.body', { name: owner.name })}
              </ConsolePending>
            </div>
          )}
          {(state.name === 'connecting' || state.name === 'connected') && (
            <RdpFrame
              key={state.frame}
              title={t('rdp.screen', { name: owner.name })}
              options={() => ({
                ...session.credentials,
                socketUrl: state.socketUrl,
                virtualMachineName: owner.name,
                label: t('rdp.screen', { name: owner.name }),
              })}
              onLost={session.frameLost}
              onMessage={(message, send) => {
                if (message.type === 'leave') panel.current?.querySelector('button')?.focus()
                // Events stay inside of the frame; this one stands for them.
                if (message.type === 'active') {
                  panel.current?.dispatchEvent(new Event('pointermove'))
                }
                session.hear(message, send)
              }}
            />
          )}
        </div>
      </div>
      <RdpStatusBar state={state} />
    </section>
  )

  function problemIn({ problem }: Extract<RdpState, { name: 'signIn' }>) {
    if (!problem) return undefined
    const { kind, message } = problem
    return {
      title: t(`rdp.problem.${kind}.title`),
      body: message ?? t(`rdp.problem.${kind}.body`),
      isError: isFailure(kind),
    }
  }
}
