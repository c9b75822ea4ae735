import { Alert, AlertActionLink } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { problemWords, type SshProblem } from './ssh-problem.ts'

interface SshReconnectingProps {
  attempt: number
  /** Why there is no shell now. */
  problem: SshProblem
  onRetry: () => void
}

/** F-45: a lost shell is replaced by itself; what it said stays readable below. */
export function SshReconnecting({ attempt, problem, onRetry }: SshReconnectingProps) {
  const { t } = useTranslation()
  const { title, values = {}, details } = problemWords(problem)
  return (
    <Alert
      isInline
      isLiveRegion
      variant="warning"
      title={t('consoles.notice.reconnecting.title')}
      actionLinks={
        <AlertActionLink onClick={onRetry}>{t('consoles.action.retryNow')}</AlertActionLink>
      }
    >
      <p>{t('ssh.reconnecting', { attempt })}</p>
      <p>
        {t(title, values)} {details}
      </p>
    </Alert>
  )
}
