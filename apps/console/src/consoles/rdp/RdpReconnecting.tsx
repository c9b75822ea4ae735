import { Button } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ConsolePending } from '../ConsoleNoticeViews.tsx'

interface RdpReconnectingProps {
  /** What stands in the way now; nothing where nothing does. */
  notice: ReactNode
  attempt: number
  /** Why the last attempt failed. */
  message: string | undefined
  onRetry: () => void
  onDisconnect: () => void
}

/** F-43: a lost session is brought back by itself. */
export function RdpReconnecting(props: RdpReconnectingProps) {
  const { notice, attempt, message, onRetry, onDisconnect } = props
  const { t } = useTranslation()
  return (
    <div className="virtdeck-console__notice">
      <ConsolePending
        title={t('consoles.notice.reconnecting.title')}
        actions={
          <>
            <Button variant="secondary" onClick={onRetry}>
              {t('consoles.action.retryNow')}
            </Button>
            <Button variant="secondary" onClick={onDisconnect}>
              {t('consoles.action.disconnect')}
            </Button>
          </>
        }
      >
        {notice || (
          <>
            <p>{t('consoles.notice.reconnecting.body', { attempt })}</p>
            {message !== undefined && <p>{message}</p>}
          </>
        )}
      </ConsolePending>
    </div>
  )
}
