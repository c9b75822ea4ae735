import { Flex, PageSection, Stack, StackItem } from '@patternfly/react-core'
import { NetworkIcon } from '@patternfly/react-icons'
import { editNics, interfaceRows } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../../feedback/dialogs.ts'
import { AddNicDialog } from '../../../forms/virtual-machine-devices/AddNicDialog.tsx'
import { DataTable } from '../../../table/DataTable.tsx'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { AddButton } from '../devices/AddButton.tsx'
import { nicColumns, type NicTableRow } from '../devices/nic-columns.tsx'
import { RemoveDevice } from '../devices/RemoveDevice.tsx'
import { useDeviceAccess } from '../devices/use-device-access.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'

const actionsOf = (row: NicTableRow) => <RemoveNic row={row} />

/** F-32: the NICs of a VM; what waits for a restart stands on top. */
export default function NetworkInterfacesTab() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  if (instance === undefined) return <Loading />
  const rows = interfaceRows(virtualMachine, instance).map((row) => ({
    ...row,
    key: row.name,
  }))
  return (
    <PageSection isFilled hasBodyWrapper={false}>
      <Stack hasGutter>
        {rows.length === 0 ? (
          <EmptyContent
            icon={NetworkIcon}
            title={t('virtualMachine.networks.none')}
            actions={<CreateButton />}
          >
            {t('devices.noNics')}
          </EmptyContent>
        ) : (
          <>
            <StackItem>
              <Flex justifyContent={{ default: 'justifyContentFlexEnd' }}>
                <CreateButton />
              </Flex>
            </StackItem>
            <StackItem isFilled>
              <DataTable
                label={t('virtualMachine.networks.title')}
                columns={nicColumns}
                rows={rows}
                rowActions={actionsOf}
              />
            </StackItem>
          </>
        )}
      </Stack>
    </PageSection>
  )
}

function CreateButton() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const { refusal } = useDeviceAccess()
  return (
    <AddButton
      label={t('wizard.nic.create')}
      reason={refusal}
      onClick={() =>
        openDialog((onClose) => (
          <AddNicDialog
            virtualMachine={virtualMachine}
            isRunning={Boolean(instance)}
            onClose={onClose}
          />
        ))
      }
    />
  )
}

function RemoveNic({ row: { name, state } }: { row: NicTableRow }) {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const { refusal } = useDeviceAccess()
  const isDefined = virtualMachine.spec.template?.spec?.domain.devices.interfaces?.some(
    (nic) => nic.name === name,
  )
  if (!isDefined) return null
  const kind = instance && state !== 'added' ? 'afterRestart' : 'now'
  return (
    <RemoveDevice
      name={name}
      reason={refusal}
      body={t(`devices.removeNicBody.${kind}`, { name })}
      without={(machine) => editNics(machine, { kind: 'remove', name })}
    />
  )
}
