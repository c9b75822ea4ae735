import { HelperText, HelperTextItem } from '@patternfly/react-core'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { ListedField } from '../fields/ListedField.tsx'
import { useChosenClaim } from './use-chosen-claim.ts'

/** A claim that is there already; who else uses it is said, because two guests ruin one disk. */
export function ClaimField({ name }: { name: `storage.disks.${number}.claim` }) {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const [namespace, owner, claim] = watch(['general.namespace', 'general.name', name])
  const { list, users, runningUser } = useChosenClaim({ namespace, claim })
  const others = users.filter((user) => user !== owner)
  const runner = runningUser === owner ? undefined : runningUser
  const isEmpty = list.isComplete && list.names.length === 0
  return (
    <>
      <ListedField
        name={name}
        label={t('wizard.disk.claim')}
        isRequired
        hint={t('wizard.diskSourceHint.claim')}
        list={list}
        placeholder={t(isEmpty ? 'wizard.disk.noClaims' : 'wizard.disk.chooseClaim')}
        choices={list.names.map((value) => ({ value, label: value }))}
      />
      <HelperText isLiveRegion>
        {runner !== undefined ? (
          <HelperTextItem variant="warning">
            {t('wizard.disk.claimRuns', { name: runner })}
          </HelperTextItem>
        ) : (
          others.length > 0 && (
            <HelperTextItem>
              {t('wizard.disk.claimShared', { names: others.join(', ') })}
            </HelperTextItem>
          )
        )}
      </HelperText>
    </>
  )
}
