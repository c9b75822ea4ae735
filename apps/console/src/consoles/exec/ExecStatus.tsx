import { Alert, AlertActionLink } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { ConsoleStatusLine, type ConsoleLook } from '../ConsoleStatusLine.tsx'
import type { ExecState } from './exec-session.ts'

const LOOKS: Record<ExecState['name'], ConsoleLook> = {
  connecting: 'connecting',
  connected: 'connected',
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
