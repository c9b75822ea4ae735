import { PageSection } from '@patternfly/react-core'
import { SearchIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { EmptyContent } from '../ui/EmptyContent.tsx'
import type { RouteHandle } from './route-handle.ts'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('error.notFoundTitle'), to: '' }),
}

export default function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <PageSection isFilled>
      <EmptyContent
        headingLevel="h1"
        icon={SearchIcon}
        title={t('error.notFoundTitle')}
        actions={<Link to={paths.virtualMachines()}>{t('error.notFoundLink')}</Link>}
      >
        {t('error.notFoundBody')}
      </EmptyContent>
    </PageSection>
  )
}
