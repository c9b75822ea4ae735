import { Flex, PageSection, Stack, StackItem } from '@patternfly/react-core'
import { NetworkIcon } from '@patternfly/react-icons'
import { interfaceRows } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../../feedback/dialogs.ts'
import { AddNicDialog } from '../../../forms/virtual-machine-devices/AddNicDialog.tsx'
import { DataTable } from '../../../table/DataTable.tsx'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { AddButton } from '../devices/AddButton.tsx'
import { nicColumns, type NicTableRow } from '../devices/nic-columns.tsx'
import { NicMenu } from '../devices/NicMenu.tsx'
import { useDeviceAccess } from '../devices/use-device-access.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'

const actionsOf = (row: NicTableRow) => <NicMenu row={row} />

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
