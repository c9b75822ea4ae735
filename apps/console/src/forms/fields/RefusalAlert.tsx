import { Alert, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../live/api-error.ts'

interface RefusalAlertProps {
  title: string
  error: ApiError
}

/** What the server refused, every cause at once and in its words. */
export function RefusalAlert({ title, error }: RefusalAlertProps) {
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
      {requestId !== undefined && <p>{t('error.requestId', { requestId })}</p>}
    </Alert>
  )
}
