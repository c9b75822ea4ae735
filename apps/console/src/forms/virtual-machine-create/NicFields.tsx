import { POD_NETWORK, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import styles from '../fields/EditableTable.module.css'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { NetworkField } from './NetworkField.tsx'
import { PortFields } from './PortFields.tsx'
import { useMacUser } from './use-mac-user.ts'

const MODELS = ['virtio', 'e1000e', 'e1000', 'rtl8139']

/** The fields of one NIC, in its row's place. */
export function NicFields({ index }: { index: number }) {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const path = `networking.nics.${index}` as const
  const nic = watch(path)
  const isPodNetwork = nic.network === POD_NETWORK
  const isBootNic = watch('networking.bootNic') === nic.name
  const hasPreference = watch('general.preference') !== ''
  const { namespace, name: owner } = watch('general')
  const macUser = useMacUser(nic, `${namespace}/${owner}`)
  // Masquerade works on the pod network only, where it is what one wants.
  const followNetwork = (network: string) =>
    setValue(`${path}.binding`, network === POD_NETWORK ? 'masquerade' : 'bridge')
  const bindings = [
    { value: 'masquerade', label: 'masquerade', isDisabled: !isPodNetwork },
    { value: 'bridge', label: 'bridge' },
    { value: 'sriov', label: 'sriov', isDisabled: isPodNetwork },
  ]
  return (
    <div className={styles['fields']}>
      <TextField
        name={`${path}.name`}
        label={t('wizard.nic.name')}
        isRequired
        // The NIC to boot from is chosen by name and keeps its role under a new one.
        onChange={(name) => isBootNic && setValue('networking.bootNic', name)}
      />
      <SelectField
        name={`${path}.model`}
        label={t('wizard.nic.model')}
        choices={[
          {
            value: '',
            label: t(hasPreference ? 'wizard.device.preference' : 'wizard.device.cluster'),
          },
          ...MODELS.map((value) => ({ value, label: value })),
        ]}
      />
      <NetworkField name={`${path}.network`} onChange={followNetwork} />
      <SelectField
        name={`${path}.binding`}
        label={t('wizard.nic.binding')}
        hint={t(
          !isPodNetwork
            ? 'wizard.nic.bindingHint'
            : nic.binding === 'bridge'
              ? 'wizard.nic.bindingHintPodBridge'
              : 'wizard.nic.bindingHintPod',
        )}
        choices={bindings}
      />
      <TextField
        name={`${path}.macAddress`}
        label={t('wizard.nic.macAddress')}
        hint={t('wizard.nic.macAddressHint')}
        placeholder="02:00:00:00:00:01"
        warning={macUser && t('wizard.nic.macUsed', { user: macUser })}
      />
      {nic.binding === 'masquerade' && <PortFields path={path} />}
    </div>
  )
}
