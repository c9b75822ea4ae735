import { Grid, GridItem, Stack, StackItem, Title } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { DetailsList, type Detail } from '../../ui/DetailsList.tsx'
import { guestDetails, identityDetails, sizeDetails, sourceDetails } from './review-details.ts'
import { diskDetails, nicDetails } from './review-device-details.ts'
import styles from './ReviewSummary.module.css'
import { useWizardState } from './wizard-context.ts'

/** Everything that was chosen, in the order of the steps. */
export function ReviewSummary() {
  const { t } = useTranslation()
  const { values, purpose, template } = useWizardState()
  const reviewed = { values, purpose, template: template.chosen?.template }
  return (
    <Grid hasGutter className={styles['summary'] ?? ''}>
      <GridItem lg={6}>
        <Stack hasGutter>
          <Section title={t('wizard.step.general')} details={identityDetails(t, reviewed)} />
          <Section title={t('wizard.disk.source')} details={sourceDetails(t, values)} />
          <Section title={t('wizard.sizing.label')} details={sizeDetails(t, values.general)} />
        </Stack>
      </GridItem>
      <GridItem lg={6}>
        <Stack hasGutter>
          <Section title={t('wizard.review.guest')} details={guestDetails(t, reviewed)} />
          <Section
            title={t('wizard.step.networking')}
            details={nicDetails(t, values)}
            empty={t('virtualMachine.networks.none')}
          />
          <Section
            title={t('wizard.step.storage')}
            details={diskDetails(t, values)}
            empty={t('wizard.review.noDisks')}
          />
        </Stack>
      </GridItem>
    </Grid>
  )
}

interface SectionProps {
  title: string
  details: readonly Detail[]
  empty?: string
}

function Section({ title, details, empty }: SectionProps) {
  return (
    <StackItem>
      <Title headingLevel="h2" size="md">
        {title}
      </Title>
      {details.length === 0 ? <p>{empty}</p> : <DetailsList details={details} />}
    </StackItem>
  )
}
