import { PageSection, Title } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

// TODO: placeholder, to be replaced.
export default function StorageClassesPage() {
  const { t } = useTranslation()
  return (
    <PageSection>
      <Title headingLevel="h1">{t('resources.storageClasses.title')}</Title>
    </PageSection>
  )
}
