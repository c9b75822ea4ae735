import { RESOURCES } from '@virtdeck/kubernetes'
import { POD_NETWORK, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useListReason } from '../fields/form-problems.ts'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'

interface NetworkFieldProps {
  name: string
  onChange: (network: string) => void
}

/**
 * The pod network, the project's networks, and those of other projects as `namespace/name`.
 * F-16: where they cannot be listed, their name can still be typed.
 */
export function NetworkField({ name, onChange }: NetworkFieldProps) {
  const { t } = useTranslation()
  const reason = useListReason()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const namespace = watch('general.namespace')
  const own = useListedObjects(RESOURCES.networkAttachmentDefinitions, namespace)
  const all = useListedObjects(RESOURCES.networkAttachmentDefinitions)
  const others = all.objects
    .filter(({ metadata }) => metadata?.namespace !== namespace)
    .map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`)
  const networks = [...own.names, ...others]
  const field = { name, onChange, label: t('wizard.nic.network'), isRequired: true }
  const error = own.error
  if (error || own.isTruncated || all.isTruncated) {
    const hint = t('wizard.nic.networkHint')
    return (
      <TextField
        {...field}
        hint={error ? `${hint} ${reason(error)}` : hint}
        suggestions={[POD_NETWORK, ...networks]}
      />
    )
  }
  return (
    <SelectField
      {...field}
      placeholder={t('wizard.nic.chooseNetwork')}
      {...(own.isComplete && networks.length === 0 && { hint: t('wizard.nic.noNetworks') })}
      choices={[
        { value: POD_NETWORK, label: t('virtualMachine.networks.pod') },
        ...networks.map((value) => ({ value, label: value })),
      ]}
    />
  )
}
