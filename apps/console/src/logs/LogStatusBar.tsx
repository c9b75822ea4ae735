import {
  BanIcon,
  CheckCircleIcon,
  ExclamationCircleIcon,
  HourglassHalfIcon,
  InProgressIcon,
  PauseCircleIcon,
} from '@patternfly/react-icons'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusLabel, type StatusTone } from '../ui/StatusLabel.tsx'
import { LOG_LIMITS, type LogBuffer } from './log-buffer.ts'
import type { LogState } from './log-session.ts'
import styles from './LogViewer.module.css'

interface LogStatusBarProps {
  state: LogState
  buffer: LogBuffer
  isFollowing: boolean
}

type Shown = LogState['name'] | 'paused'

const LOOKS: Record<Shown, { tone: StatusTone; icon: ComponentType }> = {
  loading: { tone: 'progress', icon: InProgressIcon },
  following: { tone: 'success', icon: CheckCircleIcon },
  paused: { tone: 'neutral', icon: PauseCircleIcon },
  ended: { tone: 'neutral', icon: BanIcon },
  waiting: { tone: 'progress', icon: HourglassHalfIcon },
  reconnecting: { tone: 'warning', icon: InProgressIcon },
  failed: { tone: 'danger', icon: ExclamationCircleIcon },
}

/** How it goes on with the log, and how much of it is here. */
export function LogStatusBar({ state, buffer, isFollowing }: LogStatusBarProps) {
  const { t } = useTranslation()
  const name: Shown = state.name === 'following' && !isFollowing ? 'paused' : state.name
  const { tone, icon } = LOOKS[name]
  // As many as were asked for came at once, or more came than fit: there are older ones.
  const isCut = buffer.first > 0 || buffer.end >= LOG_LIMITS.lines
  return (
    <div className={styles['status']}>
      <output>
        <StatusLabel tone={tone} icon={icon}>
          {t(`logs.state.${name}`)}
        </StatusLabel>
      </output>
      {buffer.end > 0 && <span>{t('logs.lines', { count: buffer.end - buffer.first })}</span>}
      {isCut && <span>{t('logs.cut')}</span>}
      {state.name === 'reconnecting' && <span>{state.message}</span>}
    </div>
  )
}
