import { PageSection, Title } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

// TODO: placeholder, to be replaced.
export default function ServicesPage() {
  const { t } = useTranslation()
  return (
    <PageSection>
      <Title headingLevel="h1">{t('resources.services.title')}</Title>
    </PageSection>
  )
}
