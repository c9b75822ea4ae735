import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'
import {
  FLAVORS,
  templateLabels,
  type Preset,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../fields/SelectField.tsx'
import { CustomSizeFields } from './CustomSizeFields.tsx'
import { useWizardState } from './wizard-context.ts'

const PRESETS = Object.keys(FLAVORS) as Preset[]

/** F-10: a preset, or CPUs and memory; a template offers its own presets. */
export function SizeFields() {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const flavor = watch('general.flavor')
  const template = useWizardState().template.chosen?.template
  const offered = template ? templateLabels(template, 'flavor') : []
  const isOffered = (preset: Preset): boolean =>
    preset === flavor || offered.length === 0 || offered.includes(preset)
  const presets = PRESETS.filter(isOffered).map((value) => {
    const { cpus, memory } = FLAVORS[value]
    const size = t('virtualMachine.runtime.cpuAndMemory', {
      count: cpus,
      memory: formatBytes(parseQuantity(memory) ?? 0),
    })
    return {
      value,
      label: t('wizard.flavorWithSize', { flavor: t(`wizard.flavor.${value}`), size }),
    }
  })
  return (
    <>
      <SelectField
        name="general.flavor"
        label={t('wizard.general.flavor')}
        isRequired
        choices={[...presets, { value: 'custom', label: t('wizard.flavor.custom') }]}
      />
      {flavor === 'custom' && <CustomSizeFields />}
    </>
  )
}
