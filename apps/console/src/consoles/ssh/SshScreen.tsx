import { Alert, AlertActionLink } from '@patternfly/react-core'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../../ui/Loading.tsx'
import type { ConsoleOwner } from '../console-sessions.ts'
import { TerminalActive } from '../terminal/TerminalActive.tsx'
import { mayTakeFocus } from '../use-mounted-element.ts'
import { HostKeyConfirmation } from './HostKeyConfirmation.tsx'
import { isFault, problemWords, type SshProblem } from './ssh-problem.ts'
import type { SshSession } from './ssh-session.ts'
import { SshReconnecting } from './SshReconnecting.tsx'
import { SshSignIn } from './SshSignIn.tsx'

interface SshScreenProps {
  session: SshSession
  owner: ConsoleOwner
  userName: string
  notice: ReactNode
}

/** The form, the question about the host key, or the shell. */
export function SshScreen({ session, owner, userName, notice }: SshScreenProps) {
  const { t } = useTranslation()
  const state = session.state.use()
  const display = session.display.use()
  const [known, setKnown] = useState(userName)
  const isConnected = state.name === 'connected'
  useEffect(() => {
    if (!isConnected) return
    // It takes the keyboard only once it is on the page, which this makes sure of.
    display?.fit()
    if (mayTakeFocus(display?.element)) display?.focus()
  }, [isConnected, display])

  switch (state.name) {
    case 'signIn':
      return (
        <SshSignIn
          notices={
            <>
              {state.problem && <Problem problem={state.problem} />}
              {notice}
            </>
          }
          userName={known}
          onSubmit={(request) => {
            setKnown(request.userName)
            session.signIn(request)
          }}
        />
      )
    case 'connecting':
    case 'signingIn':
      return <Loading />
    case 'confirming':
      return (
        <HostKeyConfirmation
          hostKey={state.hostKey}
          pinned={state.pinned}
          onTrust={session.trust}
          onCancel={() => session.end('byUser')}
        />
      )
    case 'connected':
    case 'reconnecting':
    case 'ended':
      return (
        <>
          {state.name === 'reconnecting' && (
            <SshReconnecting
              attempt={state.attempt}
              problem={state.problem}
              onRetry={session.retry}
            />
          )}
          {state.name === 'ended' && (
            <Problem problem={state.problem} onSignIn={session.askAgain} />
          )}
          {display && (
            <TerminalActive display={display} label={t('ssh.screen', { name: owner.name })} />
          )}
        </>
      )
  }
}

function Problem({ problem, onSignIn }: { problem: SshProblem; onSignIn?: () => void }) {
  const { t } = useTranslation()
  const { title, body, values = {}, details } = problemWords(problem)
  return (
    <Alert
      isInline
      isLiveRegion
      variant={isFault(problem) ? 'danger' : 'info'}
      title={t(title, values)}
      actionLinks={
        onSignIn && (
          <AlertActionLink onClick={onSignIn}>{t('ssh.signIn.again')}</AlertActionLink>
        )
      }
    >
      {body && t(body)} {details}
    </Alert>
  )
}
