import { EmptyState, EmptyStateBody } from '@patternfly/react-core'
import { LockIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'

interface NoPermissionProps {
  /** The cluster's own sentence names the user, the verb and the resource. */
  message: string
  headingLevel?: 'h1' | 'h2'
}

export function NoPermission({ message, headingLevel = 'h2' }: NoPermissionProps) {
  const { t } = useTranslation()
  return (
    <EmptyState headingLevel={headingLevel} icon={LockIcon} titleText={t('error.noPermission')}>
      <EmptyStateBody>
        <p>{message}</p>
        <p>{t('error.noPermissionHint')}</p>
      </EmptyStateBody>
    </EmptyState>
  )
}
