import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { ErrorState } from '../ui/ErrorState.tsx'

/** The error boundary of every page: what broke stays on its page, the shell stays usable. */
export function RouteError() {
  const { t } = useTranslation()
  const error = useRouteError()
  const message = error instanceof Error ? error.message : String(error)
  return (
    <ErrorState
      headingLevel="h1"
      title={t('error.pageBroke')}
      error={{ message }}
      onRetry={() => window.location.reload()}
    />
  )
}
