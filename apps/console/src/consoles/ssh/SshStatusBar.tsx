import { BanIcon } from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import { CheckCircleIcon } from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import { ExclamationCircleIcon } from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import { HourglassHalfIcon } from '@patternfly/react-icons/dist/esm/icons/hourglass-half-icon'
import { InProgressIcon } from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusLabel, type StatusTone } from '../../ui/StatusLabel.tsx'
import { isFault } from './ssh-problem.ts'
import type { SshState } from './ssh-session.ts'

type Look = { tone: StatusTone; icon: ComponentType }

const LOOKS: Record<SshState['name'], Look> = {
  signIn: { tone: 'neutral', icon: BanIcon },
  connecting: { tone: 'progress', icon: InProgressIcon },
  confirming: { tone: 'warning', icon: HourglassHalfIcon },
  signingIn: { tone: 'progress', icon: InProgressIcon },
  connected: { tone: 'success', icon: CheckCircleIcon },
  ended: { tone: 'neutral', icon: BanIcon },
}

/** The state of the session, always there, also in full screen. */
export function SshStatusBar({ state }: { state: SshState }) {
  const { t } = useTranslation()
  const hasFailed = 'problem' in state && state.problem && isFault(state.problem)
  const { tone, icon } = hasFailed
    ? { tone: 'danger' as const, icon: ExclamationCircleIcon }
    : LOOKS[state.name]
  return (
    <div className="virtdeck-console__status">
      <output>
        <StatusLabel tone={tone} icon={icon}>
          {t(hasFailed ? 'ssh.status.failed' : `ssh.status.${state.name}`)}
        </StatusLabel>
      </output>
      {state.name === 'connected' && <span>{t('consoles.hint.leave')}</span>}
    </div>
  )
}
