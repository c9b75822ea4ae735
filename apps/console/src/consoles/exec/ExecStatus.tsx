import { Alert, AlertActionLink } from '@patternfly/react-core'
import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'
import { ConsoleStatusLine, type ConsoleLook } from '../ConsoleStatusLine.tsx'
import type { ExecState } from './exec-session.ts'

const LOOKS: Record<ExecState['name'], ConsoleLook> = {
  connecting: 'connecting',
  connected: 'connected',
  reconnecting: 'reconnecting',
  ended: 'disconnected',
  lost: 'lost',
  failed: 'failed',
}

/** How it is with a terminal. */
export function ExecStatus({ state }: { state: ExecState }) {
  const { t } = useTranslation()
  return (
    <ConsoleStatusLine look={LOOKS[state.name]} status={t(`pod.terminal.state.${state.name}`)}>
      {state.name === 'connected' && <span>{t('consoles.hint.leave')}</span>}
    </ConsoleStatusLine>
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
  const { variant, title, values = {}, detail } = wordsOf(state)
  const isBeingReplaced = state.name === 'reconnecting'
  return (
    <Alert
      isInline
      isLiveRegion
      variant={variant}
      title={t(title, values)}
      actionLinks={
        <>
          <AlertActionLink onClick={onReconnect}>
            {t(isBeingReplaced ? 'consoles.action.retryNow' : 'pod.terminal.again')}
          </AlertActionLink>
          {onTryAnotherShell && variant !== 'info' && !isBeingReplaced && (
            <AlertActionLink onClick={onTryAnotherShell}>
              {t('pod.terminal.anyShell')}
            </AlertActionLink>
          )}
        </>
      }
    >
      {isBeingReplaced && t('pod.terminal.reconnecting', { attempt: state.attempt })} {detail}
    </Alert>
  )
}

interface ExecWords {
  variant: 'danger' | 'info' | 'warning'
  title: ParseKeys
  values?: Record<string, number>
  /** The cluster's own words. */
  detail?: string
}

function wordsOf(state: Exclude<ExecState, { name: 'connecting' | 'connected' }>): ExecWords {
  switch (state.name) {
    case 'reconnecting':
    case 'lost':
      return { variant: 'warning', title: 'pod.terminal.lost', detail: state.message }
    case 'failed': {
      const title = state.status === 403 ? 'pod.terminal.forbidden' : 'pod.terminal.failed'
      return { variant: 'danger', title, detail: state.message }
    }
    case 'ended': {
      const { end } = state
      if (end.exitCode === undefined) {
        return { variant: 'danger', title: 'pod.terminal.notRun', detail: end.message }
      }
      return {
        variant: end.exitCode === 0 ? 'info' : 'warning',
        title: 'pod.terminal.exited',
        values: { code: end.exitCode },
      }
    }
  }
}
