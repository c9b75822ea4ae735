import { Alert, AlertActionLink } from '@patternfly/react-core'
import { BanIcon } from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import { CheckCircleIcon } from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import { ExclamationCircleIcon } from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import { InProgressIcon } from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusLabel, type StatusTone } from '../../ui/StatusLabel.tsx'
import type { ExecState } from './exec-session.ts'

const LOOKS: Record<ExecState['name'], { tone: StatusTone; icon: ComponentType }> = {
  connecting: { tone: 'progress', icon: InProgressIcon },
  connected: { tone: 'success', icon: CheckCircleIcon },
  ended: { tone: 'neutral', icon: BanIcon },
  lost: { tone: 'warning', icon: ExclamationCircleIcon },
  failed: { tone: 'danger', icon: ExclamationCircleIcon },
}

/** The state of a terminal, always there, also in full screen. */
export function ExecStatus({ state }: { state: ExecState }) {
  const { t } = useTranslation()
  const { tone, icon } = LOOKS[state.name]
  return (
    <div className="virtdeck-console__status">
      <output>
        <StatusLabel tone={tone} icon={icon}>
          {t(`pod.terminal.state.${state.name}`)}
        </StatusLabel>
      </output>
      {state.name === 'connected' && <span>{t('consoles.hint.leave')}</span>}
    </div>
  )
}

interface ExecNoticeProps {
  state: ExecState
  onReconnect: () => void
  onTryAnotherShell: (() => void) | undefined
}

/** Why there is no shell, below what the last one said. */
export function ExecNotice({ state, onReconnect, onTryAnotherShell }: ExecNoticeProps) {
  const { t } = useTranslation()
  if (state.name === 'connecting' || state.name === 'connected') return null
  const { variant, title, detail } = wordsOf(state)
  return (
    <Alert
      isInline
      variant={variant}
      title={t(title, { code: state.name === 'ended' ? state.end.exitCode : undefined })}
      actionLinks={
        <>
          <AlertActionLink onClick={onReconnect}>{t('pod.terminal.again')}</AlertActionLink>
          {onTryAnotherShell && variant !== 'info' && (
            <AlertActionLink onClick={onTryAnotherShell}>
              {t('pod.terminal.anyShell')}
            </AlertActionLink>
          )}
        </>
      }
    >
      {detail}
    </Alert>
  )
}

function wordsOf(state: Extract<ExecState, { name: 'ended' | 'lost' | 'failed' }>) {
  if (state.name === 'lost') {
    return {
      variant: 'warning',
      title: 'pod.terminal.lost',
      detail: state.message,
    } as const
  }
  if (state.name === 'failed') {
    const title = state.status === 403 ? 'pod.terminal.forbidden' : 'pod.terminal.failed'
    return { variant: 'danger', title, detail: state.message } as const
  }
  const { end } = state
  if (end.exitCode === undefined) {
    return { variant: 'danger', title: 'pod.terminal.notRun', detail: end.message } as const
  }
  return {
    variant: end.exitCode === 0 ? 'info' : 'warning',
    title: 'pod.terminal.exited',
    detail: undefined,
  } as const
}
