import { templateLabels, WORKLOADS, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../fields/SelectField.tsx'
import { useWizardState } from './wizard-context.ts'

const PROFILES = ['generic', 'desktop', 'highPerformance'] as const

/** What the VM is for; a template is made for one of them, or for some. */
export function ProfileField() {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const template = useWizardState().template.chosen?.template
  const offered = template ? templateLabels(template, 'workload') : []
  const narrowed = PROFILES.filter((profile) => offered.includes(WORKLOADS[profile]))
  const profiles = narrowed.length > 0 ? narrowed : PROFILES
  return (
    <SelectField
      name="general.workloadProfile"
      label={t('wizard.general.workloadProfile')}
      hint={t(`wizard.profileHint.${watch('general.workloadProfile')}`)}
      isRequired
      choices={profiles.map((value) => ({ value, label: t(`wizard.profile.${value}`) }))}
    />
  )
}
