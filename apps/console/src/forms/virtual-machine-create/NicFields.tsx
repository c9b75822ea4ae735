import { RESOURCES } from '@virtdeck/kubernetes'
import { POD_NETWORK, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import styles from '../fields/EditableTable.module.css'
import { useListReason } from '../fields/form-problems.ts'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'

const MODELS = ['virtio', 'e1000e', 'e1000', 'rtl8139']

/** The fields of one NIC, in its row's place. */
export function NicFields({ index }: { index: number }) {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const path = `networking.nics.${index}` as const
  const isPodNetwork = watch(`${path}.network`) === POD_NETWORK
  // Masquerade works on the pod network only, where it is what one wants.
  const followNetwork = (network: string) =>
    setValue(`${path}.binding`, network === POD_NETWORK ? 'masquerade' : 'bridge')
  const bindings = [
    { value: 'masquerade', label: 'masquerade', isDisabled: !isPodNetwork },
    { value: 'bridge', label: 'bridge' },
  ]
  return (
    <div className={styles['fields']}>
      <TextField name={`${path}.name`} label={t('wizard.nic.name')} isRequired />
      <SelectField
        name={`${path}.model`}
        label={t('wizard.nic.model')}
        choices={MODELS.map((value) => ({ value, label: value }))}
      />
      <NetworkField name={`${path}.network`} onChange={followNetwork} />
      <SelectField
        name={`${path}.binding`}
        label={t('wizard.nic.binding')}
        hint={t(isPodNetwork ? 'wizard.nic.bindingHintPod' : 'wizard.nic.bindingHint')}
        choices={bindings}
      />
      <TextField
        name={`${path}.macAddress`}
        label={t('wizard.nic.macAddress')}
        hint={t('wizard.nic.macAddressHint')}
        placeholder="02:00:00:00:00:01"
      />
    </div>
  )
}

interface NetworkFieldProps {
  name: string
  onChange: (network: string) => void
}

/** F-16: where the networks cannot be listed, their name can still be typed. */
function NetworkField({ name, onChange }: NetworkFieldProps) {
  const { t } = useTranslation()
  const reason = useListReason()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const definitions = useListedObjects(
    RESOURCES.networkAttachmentDefinitions,
    watch('general.namespace'),
  )
  const field = { name, onChange, label: t('wizard.nic.network'), isRequired: true }
  if (definitions.error || definitions.isTruncated) {
    return (
      <TextField
        {...field}
        hint={definitions.error ? reason(definitions.error) : t('wizard.nic.networkHint')}
        suggestions={[POD_NETWORK, ...definitions.names]}
      />
    )
  }
  return (
    <SelectField
      {...field}
      placeholder={t('wizard.nic.chooseNetwork')}
      {...(definitions.names.length === 0 && { hint: t('wizard.nic.noNetworks') })}
      choices={[
        { value: POD_NETWORK, label: t('virtualMachine.networks.pod') },
        ...definitions.names.map((value) => ({ value, label: value })),
      ]}
    />
  )
}
