import { withDevices, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { RadioField } from '../fields/RadioField.tsx'
import { InstancetypeField, PreferenceField } from './InstancetypeField.tsx'
import { SizeFields } from './SizeFields.tsx'

/** The two ways to size a VM. */
export function SizingFields() {
  const { t } = useTranslation()
  const { watch, getValues, setValue } = useFormContext<VirtualMachineCreateValues>()
  const { sizing, preference } = watch('general')
  // Buses and models that were not chosen by anybody are the preference's to choose.
  const followPreference = () => {
    const devices = withDevices(getValues())
    setValue('networking', devices.networking)
    setValue('storage', devices.storage)
  }
  return (
    <>
      <RadioField<typeof sizing>
        name="general.sizing"
        label={t('wizard.sizing.label')}
        choices={(['flavor', 'instancetype'] as const).map((value) => ({
          value,
          label: t(`wizard.sizing.${value}`),
          description: t(`wizard.sizing.${value}Hint`),
        }))}
      />
      {sizing === 'flavor' ? <SizeFields /> : <InstancetypeField />}
      {(sizing === 'instancetype' || preference !== '') && (
        <PreferenceField onChange={followPreference} />
      )}
    </>
  )
}
