import { Button, Content, Stack, StackItem } from '@patternfly/react-core'
import { NetworkIcon, PlusCircleIcon } from '@patternfly/react-icons'
import {
  deviceDefaults,
  newNic,
  POD_NETWORK,
  type NicValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { EmptyContent } from '../../ui/EmptyContent.tsx'
import { EditableTable } from '../fields/EditableTable.tsx'
import { useRowEditing } from '../fields/use-row-editing.ts'
import { NicFields } from './NicFields.tsx'

/** F-12: the VM's NICs; it may have none. */
export function NetworkingStep() {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const nics = watch('networking.nics')
  const { model } = deviceDefaults(watch('general.operatingSystem'))
  const rows = useRowEditing<NicValues>({
    path: 'networking.nics',
    rows: nics,
    onChange: (changed) => setValue('networking.nics', changed),
  })
  const create = (
    <Button
      variant="secondary"
      icon={<PlusCircleIcon />}
      onClick={() => rows.add(newNic(nics, model))}
    >
      {t('wizard.nic.create')}
    </Button>
  )
  if (nics.length === 0) {
    return (
      <EmptyContent icon={NetworkIcon} title={t('wizard.nic.noneTitle')} actions={create}>
        {t('wizard.nic.noneBody')}
      </EmptyContent>
    )
  }
  return (
    <Stack hasGutter>
      <StackItem>
        <Content component="p">{t('wizard.nic.intro')}</Content>
      </StackItem>
      <StackItem>
        <EditableTable
          label={t('wizard.nic.table')}
          columns={[
            t('wizard.nic.name'),
            t('wizard.nic.model'),
            t('wizard.nic.network'),
            t('wizard.nic.binding'),
            t('wizard.nic.macAddress'),
          ]}
          rows={nics.map((nic, index) => ({
            name: nic.name,
            path: `networking.nics.${index}`,
            cells: [
              nic.name,
              nic.model,
              nic.network === POD_NETWORK ? t('virtualMachine.networks.pod') : nic.network,
              nic.binding,
              nic.macAddress || t('wizard.nic.generated'),
            ],
          }))}
          editing={rows.index}
          editor={rows.index !== undefined && <NicFields index={rows.index} />}
          onEdit={rows.edit}
          onAccept={rows.accept}
          onRevert={rows.revert}
          onRemove={rows.remove}
        />
      </StackItem>
      <StackItem>{create}</StackItem>
    </Stack>
  )
}
