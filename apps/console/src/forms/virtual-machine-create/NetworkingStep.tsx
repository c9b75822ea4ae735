import {
  Button,
  Content,
  Form,
  HelperText,
  HelperTextItem,
  Stack,
  StackItem,
} from '@patternfly/react-core'
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
import { BootNicField } from './BootNicField.tsx'
import { NicFields } from './NicFields.tsx'
import { useMacUser } from './use-mac-user.ts'

/** F-12: the VM's NICs; it may have none. */
export function NetworkingStep() {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const { nics, bootNic } = watch('networking')
  const general = watch('general')
  const { model } = deviceDefaults(general)
  const isPxe = general.source === 'pxe'
  const rows = useRowEditing<NicValues>({
    path: 'networking.nics',
    rows: nics,
    onChange: (changed) => {
      setValue('networking.nics', changed)
      // The choice goes with the NIC, and falls on the only one that can be meant.
      const isGone = !changed.some(({ name }) => name === bootNic)
      const [first, ...others] = changed.filter(({ network }) => network !== POD_NETWORK)
      if (isPxe && isGone) {
        setValue('networking.bootNic', first && others.length === 0 ? first.name : '')
      }
    },
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
        {t(isPxe ? 'wizard.nic.noneBodyPxe' : 'wizard.nic.noneBody')}
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
            ...(isPxe ? [t('wizard.nic.pxe')] : []),
          ]}
          rows={nics.map((nic, index) => ({
            name: nic.name,
            path: `networking.nics.${index}`,
            cells: [
              nic.name,
              nic.model ||
                t(
                  general.preference === ''
                    ? 'wizard.device.cluster'
                    : 'wizard.device.preference',
                ),
              nic.network === POD_NETWORK ? t('virtualMachine.networks.pod') : nic.network,
              nic.ports.length > 0
                ? t('wizard.nic.bindingWithPorts', {
                    binding: nic.binding,
                    ports: nic.ports.map(({ port }) => port).join(', '),
                  })
                : nic.binding,
              <MacAddress key="macAddress" nic={nic} />,
              nic.name === bootNic ? t('wizard.nic.bootsFrom') : t('common.notAvailable'),
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
      {isPxe && (
        <StackItem>
          <Form isWidthLimited maxWidth="24rem" onSubmit={(event) => event.preventDefault()}>
            <BootNicField />
          </Form>
        </StackItem>
      )}
    </Stack>
  )
}

function MacAddress({ nic }: { nic: NicValues }) {
  const { t } = useTranslation()
  const user = useMacUser(nic)
  return (
    <>
      {nic.macAddress || t('wizard.nic.generated')}
      {user !== undefined && (
        <HelperText>
          <HelperTextItem variant="warning">{t('wizard.nic.macUsed', { user })}</HelperTextItem>
        </HelperText>
      )}
    </>
  )
}
