import { BanIcon } from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import { CheckCircleIcon } from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import { HourglassHalfIcon } from '@patternfly/react-icons/dist/esm/icons/hourglass-half-icon'
import { InProgressIcon } from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusLabel, type StatusTone } from '../../ui/StatusLabel.tsx'
import type { RdpState } from './rdp-session.ts'

const LOOKS: Record<RdpState['name'], { tone: StatusTone; icon: ComponentType }> = {
  signIn: { tone: 'neutral', icon: BanIcon },
  asking: { tone: 'progress', icon: InProgressIcon },
  confirming: { tone: 'warning', icon: HourglassHalfIcon },
  connecting: { tone: 'progress', icon: InProgressIcon },
  connected: { tone: 'success', icon: CheckCircleIcon },
  reconnecting: { tone: 'warning', icon: InProgressIcon },
}

/** The state of the session, always there, also in full screen. */
export function RdpStatusBar({ state }: { state: RdpState }) {
  const { t } = useTranslation()
  const { tone, icon } = LOOKS[state.name]
  return (
    <div className="virtdeck-console__status">
      <output>
        <StatusLabel tone={tone} icon={icon}>
          {t(`rdp.status.${state.name}`)}
        </StatusLabel>
      </output>
      {state.name === 'connected' && <span>{t('rdp.hint')}</span>}
    </div>
  )
}
