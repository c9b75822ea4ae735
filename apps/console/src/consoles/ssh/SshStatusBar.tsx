import { useTranslation } from 'react-i18next'
import { ConsoleStatusLine, type ConsoleLook } from '../ConsoleStatusLine.tsx'
import { isFault } from './ssh-problem.ts'
import type { SshState } from './ssh-session.ts'

const LOOKS: Record<SshState['name'], ConsoleLook> = {
  signIn: 'disconnected',
  connecting: 'connecting',
  confirming: 'asking',
  signingIn: 'connecting',
  connected: 'connected',
  reconnecting: 'reconnecting',
  ended: 'disconnected',
}

/** How it is with the session. */
export function SshStatusBar({ state }: { state: SshState }) {
  const { t } = useTranslation()
  const hasFailed =
    state.name !== 'reconnecting' &&
    'problem' in state &&
    state.problem &&
    isFault(state.problem)
  return (
    <ConsoleStatusLine
      look={hasFailed ? 'failed' : LOOKS[state.name]}
      status={t(hasFailed ? 'ssh.status.failed' : `ssh.status.${state.name}`)}
    >
      {state.name === 'connected' && (
        <span>{t(state.isAnother ? 'ssh.anotherShell' : 'consoles.hint.leave')}</span>
      )}
    </ConsoleStatusLine>
  )
}
