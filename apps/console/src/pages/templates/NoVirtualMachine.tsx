import { PageSection } from '@patternfly/react-core'
import { CatalogIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { EmptyContent } from '../../ui/EmptyContent.tsx'

/** OpenShift's templates can make anything; this one makes something else. */
export function NoVirtualMachine() {
  const { t } = useTranslation()
  return (
    <PageSection isFilled>
      <EmptyContent icon={CatalogIcon} title={t('template.noVirtualMachine')}>
        {t('template.noVirtualMachineBody')}
      </EmptyContent>
    </PageSection>
  )
}
