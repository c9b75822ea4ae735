import { Grid, GridItem } from '@patternfly/react-core'
import { memoryItem, type MemoryValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../fields/CheckboxField.tsx'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { editDialog } from './EditDialog.tsx'

/** F-35: with what may come of promising more than is set aside. */
function MemoryFields() {
  const { t } = useTranslation()
  const { memoryRequest, memoryUnit } = useFormContext<MemoryValues>().watch()
  return (
    <>
      <Grid hasGutter>
        <GridItem sm={6}>
          <TextField
            name="memory"
            label={t('wizard.general.memory')}
            inputMode="decimal"
            isRequired
          />
        </GridItem>
        <GridItem sm={6}>
          <SelectField
            name="memoryUnit"
            label={t('wizard.general.memoryUnit')}
            choices={(['Mi', 'Gi'] as const).map((value) => ({
              value,
              label: t(`wizard.unit.${value}`),
            }))}
          />
        </GridItem>
      </Grid>
      <TextField
        name="memoryRequest"
        label={t('wizard.overcommit.request', { unit: t(`wizard.unit.${memoryUnit}`) })}
        hint={t('wizard.overcommit.requestHint')}
        inputMode="decimal"
        warning={memoryRequest === '' ? undefined : t('wizard.overcommit.requestRisk')}
      />
      <CheckboxField
        name="overcommitGuestOverhead"
        label={t('wizard.overcommit.overhead')}
        description={t('wizard.overcommit.overheadRisk')}
      />
    </>
  )
}

export const MemoryDialog = editDialog({
  subject: 'memory',
  item: memoryItem,
  Fields: MemoryFields,
  effect: 'memory',
})
