import { Alert, List, ListItem } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../live/api-error.ts'

interface RefusalAlertProps {
  title: string
  error: ApiError
  /** What else there is to know about it. */
  children?: ReactNode
}

/** What the server refused, every cause at once and in its words. */
export function RefusalAlert({ title, error, children }: RefusalAlertProps) {
  const { t } = useTranslation()
  const { status, message, causes, requestId } = error
  return (
    <Alert isInline variant="danger" title={title}>
      {status !== 0 && causes.length > 1 ? (
        <List>
          {causes.map((cause) => (
            <ListItem key={`${cause.field} ${cause.message}`}>{cause.message}</ListItem>
          ))}
        </List>
      ) : (
        <p>{status === 0 ? t('error.unreachable') : message}</p>
      )}
      {children}
      {requestId !== undefined && <p>{t('error.requestId', { requestId })}</p>}
    </Alert>
  )
}
