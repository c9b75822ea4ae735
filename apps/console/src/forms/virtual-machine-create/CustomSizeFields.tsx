import {
  FormFieldGroupExpandable,
  FormFieldGroupHeader,
  Grid,
  GridItem,
} from '@patternfly/react-core'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../fields/CheckboxField.tsx'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'

export function CustomSizeFields() {
  const { t } = useTranslation()
  return (
    <>
      <Grid hasGutter>
        <GridItem sm={4}>
          <TextField
            name="general.cpus"
            label={t('wizard.general.cpus')}
            inputMode="numeric"
            isRequired
          />
        </GridItem>
        <GridItem sm={4}>
          <TextField
            name="general.memory"
            label={t('wizard.general.memory')}
            inputMode="decimal"
            isRequired
          />
        </GridItem>
        <GridItem sm={4}>
          <SelectField
            name="general.memoryUnit"
            label={t('wizard.general.memoryUnit')}
            choices={[
              { value: 'Mi', label: t('wizard.unit.Mi') },
              { value: 'Gi', label: t('wizard.unit.Gi') },
            ]}
          />
        </GridItem>
      </Grid>
      <OvercommitFields />
    </>
  )
}

/** F-35: more memory than the cluster sets aside, with what may come of it. */
function OvercommitFields() {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const { memoryRequest, memoryUnit, overcommitGuestOverhead } = watch('general')
  return (
    <FormFieldGroupExpandable
      isExpanded={memoryRequest !== '' || overcommitGuestOverhead}
      toggleAriaLabel={t('wizard.overcommit.title')}
      header={
        <FormFieldGroupHeader
          titleText={{ text: t('wizard.overcommit.title'), id: 'overcommit-title' }}
          titleDescription={t('wizard.overcommit.hint')}
        />
      }
    >
      <TextField
        name="general.memoryRequest"
        label={t('wizard.overcommit.request', { unit: t(`wizard.unit.${memoryUnit}`) })}
        hint={t('wizard.overcommit.requestHint')}
        inputMode="decimal"
        warning={memoryRequest === '' ? undefined : t('wizard.overcommit.requestRisk')}
      />
      <CheckboxField
        name="general.overcommitGuestOverhead"
        label={t('wizard.overcommit.overhead')}
        description={t('wizard.overcommit.overheadRisk')}
      />
    </FormFieldGroupExpandable>
  )
}
