import {
  Button,
  EmptyState,
  EmptyStateActions,
  EmptyStateBody,
  EmptyStateFooter,
} from '@patternfly/react-core'
import { ExclamationCircleIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { NoPermission } from './NoPermission.tsx'

interface ErrorStateProps {
  /** What could not be shown, as a sentence. */
  title?: string
  error: { message: string; status?: number; requestId?: string | undefined }
  onRetry?: () => void
  /** `h1` where it stands in place of a whole page. */
  headingLevel?: 'h1' | 'h2'
}

/** In place of content that could not be loaded; says what the cluster said. */
export function ErrorState({ title, error, onRetry, headingLevel = 'h2' }: ErrorStateProps) {
  const { t } = useTranslation()
  if (error.status === 403) {
    return <NoPermission message={error.message} headingLevel={headingLevel} />
  }
  return (
    <EmptyState
      headingLevel={headingLevel}
      icon={ExclamationCircleIcon}
      status="danger"
      titleText={title ?? t('error.title')}
    >
      <EmptyStateBody>
        {error.status === 0 ? t('error.unreachable') : error.message}
        {error.requestId !== undefined && (
          <div>{t('error.requestId', { requestId: error.requestId })}</div>
        )}
      </EmptyStateBody>
      {onRetry && (
        <EmptyStateFooter>
          <EmptyStateActions>
            <Button variant="secondary" onClick={onRetry}>
              {t('error.retry')}
            </Button>
          </EmptyStateActions>
        </EmptyStateFooter>
      )}
    </EmptyState>
  )
}
