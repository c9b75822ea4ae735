import { Alert, AlertActionLink } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import styles from './VirtualMachineCreatePage.module.css'
import type { WizardState } from './use-wizard.ts'

/** Says that what is in the wizard is from before, and offers to begin anew. */
export function RestoredNote({ wizard }: { wizard: WizardState }) {
  const { t } = useTranslation()
  if (!wizard.isRestored) return null
  return (
    <Alert
      isInline
      isPlain
      className={styles['restored'] ?? ''}
      variant="info"
      title={t('wizard.restored')}
      actionLinks={
        <AlertActionLink onClick={wizard.discard}>{t('wizard.startOver')}</AlertActionLink>
      }
    />
  )
}
