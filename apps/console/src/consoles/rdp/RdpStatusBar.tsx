import { useTranslation } from 'react-i18next'
import { ConsoleStatusLine, type ConsoleLook } from '../ConsoleStatusLine.tsx'
import { isFailure } from './rdp-ending.ts'
import type { RdpState } from './rdp-session.ts'

const LOOKS: Record<RdpState['name'], ConsoleLook> = {
  signIn: 'disconnected',
  asking: 'connecting',
  confirming: 'asking',
  connecting: 'connecting',
  connected: 'connected',
  reconnecting: 'reconnecting',
  resting: 'connecting',
}

/** F-43: how it is with the session. */
export function RdpStatusBar({ state }: { state: RdpState }) {
  const { t } = useTranslation()
  if (state.name === 'signIn' && state.problem && isFailure(state.problem.kind)) {
    return <ConsoleStatusLine look="failed" status={t('consoles.status.failed')} />
  }
  return (
    <ConsoleStatusLine look={LOOKS[state.name]} status={t(`rdp.status.${state.name}`)}>
      {state.name === 'connected' && <span>{t('rdp.hint')}</span>}
    </ConsoleStatusLine>
  )
}
