import { Flex, PageSection, Stack, StackItem } from '@patternfly/react-core'
import { HddIcon } from '@patternfly/react-icons'
import { diskRows, editDisks, removeVolumeCommand, type DiskSource } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../../feedback/dialogs.ts'
import { AddDiskDialog } from '../../../forms/virtual-machine-devices/AddDiskDialog.tsx'
import { kubernetes } from '../../../live/kubernetes.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { AddButton } from '../devices/AddButton.tsx'
import { diskColumns, type DiskTableRow } from '../devices/disk-columns.tsx'
import { RemoveDevice } from '../devices/RemoveDevice.tsx'
import { useClaims } from '../devices/use-claims.ts'
import { useDeviceAccess } from '../devices/use-device-access.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'

const actionsOf = (row: DiskTableRow) => <DetachDisk row={row} />

/** F-31: the disks of a VM, added and detached here; live where KubeVirt can. */
export default function DisksTab() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const claims = useClaims(virtualMachine)
  if (instance === undefined) return <Loading />
  const rows = diskRows(virtualMachine, instance).map((row): DiskTableRow => {
    const claim = claims.get(row.claim ?? '')
    return {
      ...row,
      key: row.name,
      size: claim?.status?.capacity?.['storage'] ?? row.size,
      storageClass: claim?.spec?.storageClassName,
    }
  })
  return (
    <PageSection isFilled hasBodyWrapper={false}>
      <Stack hasGutter>
        {rows.length === 0 ? (
          <EmptyContent
            icon={HddIcon}
            title={t('virtualMachine.disks.none')}
            actions={<AddButtons />}
          >
            {t('devices.noDisks')}
          </EmptyContent>
        ) : (
          <>
            <StackItem>
              <Flex justifyContent={{ default: 'justifyContentFlexEnd' }}>
                <AddButtons />
              </Flex>
            </StackItem>
            <StackItem isFilled>
              <DataTable
                label={t('virtualMachine.disks.title')}
                columns={diskColumns}
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

function AddButtons() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const { refusal, mayPlug } = useDeviceAccess()
  const add = (source: DiskSource) => () =>
    openDialog((onClose) => (
      <AddDiskDialog
        virtualMachine={virtualMachine}
        hasGuest={Boolean(instance)}
        isRunning={instance?.status?.phase === 'Running'}
        mayPlug={mayPlug}
        source={source}
        onClose={onClose}
      />
    ))
  return (
    <>
      <AddButton label={t('wizard.disk.create')} reason={refusal} onClick={add('blank')} />
      <AddButton label={t('wizard.disk.attach')} reason={refusal} onClick={add('claim')} />
    </>
  )
}

function DetachDisk({ row }: { row: DiskTableRow }) {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const { refusal, mayUnplug } = useDeviceAccess()
  const { namespace = '', name: owner = '' } = virtualMachine.metadata ?? {}
  const { name, state, isHotPluggable } = row
  const isDefined = virtualMachine.spec.template?.spec?.domain.devices.disks?.some(
    (disk) => disk.name === name,
  )
  // Gone from the VM, and soon from its guest: nothing is left to do.
  if (!isDefined) return null
  const isLive = isHotPluggable && instance?.status?.phase === 'Running' && mayUnplug
  const kind = isLive ? 'live' : instance && state !== 'added' ? 'afterRestart' : 'now'
  return (
    <RemoveDevice
      name={name}
      reason={refusal}
      body={t(`devices.detachBody.${kind}`, { name })}
      without={(machine) => editDisks(machine, { kind: 'remove', name }, owner)}
      live={
        isLive
          ? {
              command: removeVolumeCommand(name, { namespace, name: owner }),
              run: () =>
                kubernetes.virtualMachineSubresource({
                  resource: 'virtualmachines',
                  namespace,
                  name: owner,
                  subresource: 'removevolume',
                  body: { name },
                }),
            }
          : undefined
      }
    />
  )
}
