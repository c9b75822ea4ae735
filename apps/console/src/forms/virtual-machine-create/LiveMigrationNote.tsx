import { Alert, StackItem } from '@patternfly/react-core'
import type { DiskValues } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useDisksAgainstLiveMigration } from './use-disks-against-live-migration.ts'

/** F-17: says which disks keep the VM on one node. */
export function LiveMigrationNote({ disks }: { disks: readonly DiskValues[] }) {
  const { t } = useTranslation()
  const names = useDisksAgainstLiveMigration(disks)
  if (names.length === 0) return null
  return (
    <StackItem>
      <Alert
        isInline
        variant="warning"
        title={t('wizard.disk.noLiveMigration', {
          count: names.length,
          names: names.join(', '),
        })}
      >
        {t('wizard.disk.noLiveMigrationHint')}
      </Alert>
    </StackItem>
  )
}
