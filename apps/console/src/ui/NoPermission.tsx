import { EmptyState, EmptyStateBody } from '@patternfly/react-core'
import { LockIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'

/** The cluster's own sentence names the user, the verb and the resource. */
export function NoPermission({ message }: { message: string }) {
  const { t } = useTranslation()
  return (
    <EmptyState headingLevel="h2" icon={LockIcon} titleText={t('error.noPermission')}>
      <EmptyStateBody>
        <p>{message}</p>
        <p>{t('error.noPermissionHint')}</p>
      </EmptyStateBody>
    </EmptyState>
  )
}
