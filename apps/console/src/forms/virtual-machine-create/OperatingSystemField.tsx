import {
  OPERATING_SYSTEMS,
  operatingSystemTitle,
  sizeFor,
  templateLabels,
  withDevices,
  type GeneralValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../fields/SelectField.tsx'
import { useWizardState } from './wizard-context.ts'

/** What runs in the guest; a template knows which ones it is for. */
export function OperatingSystemField() {
  const { t } = useTranslation()
  const form = useFormContext<VirtualMachineCreateValues>()
  const template = useWizardState().template.chosen?.template
  const before = form.watch('general.operatingSystem')
  const choose = (id: string) => {
    // A template has the size and the devices that go with all of its systems.
    if (template) return
    const values = form.getValues()
    const { general } = values
    // A size that was chosen on purpose stays.
    const isUnchosen = hasSize(general, sizeFor(before))
    const changed = { ...general, ...(isUnchosen && sizeFor(id)), operatingSystem: id }
    form.setValue('general', changed)
    const devices = withDevices({ ...values, general: changed })
    form.setValue('networking', devices.networking)
    form.setValue('storage', devices.storage)
  }
  const offered = template ? templateLabels(template, 'operatingSystem') : []
  const all = OPERATING_SYSTEMS.map(({ id, name }) => ({
    value: id,
    label: id === 'linux-sample' ? t('wizard.general.sampleSystem') : name,
  }))
  const narrowed = offered.map((id) => ({
    value: id,
    label: template ? operatingSystemTitle(template, id) : id,
  }))
  return (
    <SelectField
      name="general.operatingSystem"
      label={t('wizard.general.operatingSystem')}
      isRequired
      {...(narrowed.length > 0 && { hint: t('wizard.general.narrowed') })}
      choices={narrowed.length > 0 ? narrowed : all}
      onChange={choose}
    />
  )
}

const hasSize = (general: GeneralValues, size: ReturnType<typeof sizeFor>): boolean =>
  Object.entries(size).every(([key, value]) => general[key as keyof GeneralValues] === value)
