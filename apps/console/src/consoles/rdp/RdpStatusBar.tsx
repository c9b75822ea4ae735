import { useTranslation } from 'react-i18next'
import { ConsoleStatusLine, type ConsoleLook } from '../ConsoleStatusLine.tsx'
import type { RdpState } from './rdp-session.ts'

const LOOKS: Record<RdpState['name'], ConsoleLook> = {
  signIn: 'disconnected',
  asking: 'connecting',
  confirming: 'asking',
  connecting: 'connecting',
  connected: 'connected',
  reconnecting: 'reconnecting',
}

/** F-43: how it is with the session. */
export function RdpStatusBar({ state }: { state: RdpState }) {
  const { t } = useTranslation()
  return (
    <ConsoleStatusLine look={LOOKS[state.name]} status={t(`rdp.status.${state.name}`)}>
      {state.name === 'connected' && <span>{t('rdp.hint')}</span>}
    </ConsoleStatusLine>
  )
}
