import { POD_NETWORK, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../fields/SelectField.tsx'

/** F-52: the NIC whose network the VM boots from; the pod network has no boot server. */
export function BootNicField() {
  const { t } = useTranslation()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const nics = watch('networking.nics').filter(({ network }) => network !== POD_NETWORK)
  return (
    <SelectField
      name="networking.bootNic"
      label={t('wizard.nic.bootNic')}
      isRequired
      hint={t(nics.length === 0 ? 'wizard.nic.noBootNic' : 'wizard.nic.bootNicHint')}
      placeholder={t('wizard.nic.chooseBootNic')}
      choices={nics.map(({ name }) => ({ value: name, label: name }))}
    />
  )
}
