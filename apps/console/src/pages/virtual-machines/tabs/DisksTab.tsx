import {
  Card,
  CardBody,
  CardTitle,
  Flex,
  PageSection,
  Stack,
  StackItem,
} from '@patternfly/react-core'
import { HddIcon } from '@patternfly/react-icons'
import { formatByteQuantity } from '@virtdeck/kubernetes'
import { diskRows, growingTo, growthMessage, hasDrivers, withDrivers } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../../feedback/dialogs.ts'
import { showToast } from '../../../feedback/toasts.ts'
import { AddDiskDialog } from '../../../forms/virtual-machine-devices/AddDiskDialog.tsx'
import { DriveDialog } from '../../../forms/virtual-machine-devices/DriveDialog.tsx'
import { useSaveChange } from '../../../forms/virtual-machine-devices/use-save-change.ts'
import { useMutation } from '../../../live/use-mutation.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import { EmptyContent } from '../../../ui/EmptyContent.tsx'
import { Loading } from '../../../ui/Loading.tsx'
import { AddMenu, type AddChoice } from '../devices/AddMenu.tsx'
import { diskColumns, type DiskTableRow } from '../devices/disk-columns.tsx'
import { DiskMenu } from '../devices/DiskMenu.tsx'
import { useClaims } from '../devices/use-claims.ts'
import { useDeviceAccess } from '../devices/use-device-access.ts'
import { FileSystemsTable } from '../overview/FileSystemsTable.tsx'
import { useGuestAgent } from '../overview/use-guest-agent.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'

const actionsOf = (row: DiskTableRow) => <DiskMenu row={row} />

/** F-31: the disks of a VM, added and detached here; live where KubeVirt can. */
export default function DisksTab() {
  const { t } = useTranslation()
  const { virtualMachine, instance } = useVirtualMachine()
  const { claims } = useClaims(virtualMachine)
  if (instance === undefined) return <Loading />
  const rows = diskRows(virtualMachine, instance).map((row): DiskTableRow => {
    const claim = claims.get(row.claim ?? '')
    return {
      ...row,
      key: row.name,
      size: formatByteQuantity(claim?.status?.capacity?.['storage'] ?? row.size),
      growingTo: formatByteQuantity(growingTo(claim)),
      growthMessage: growthMessage(claim),
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
            actions={<AddDisk />}
          >
            {t('devices.noDisks')}
          </EmptyContent>
        ) : (
          <>
            <StackItem>
              <Flex justifyContent={{ default: 'justifyContentFlexEnd' }}>
                <AddDisk />
              </Flex>
            </StackItem>
            <StackItem>
              <DataTable
                label={t('virtualMachine.disks.title')}
                columns={diskColumns}
                rows={rows}
                rowActions={actionsOf}
              />
            </StackItem>
          </>
        )}
        <FileSystems />
      </Stack>
    </PageSection>
  )
}

/** How full the disks are, as the guest says. */
function FileSystems() {
  const { t } = useTranslation()
  const { isConnected, data } = useGuestAgent(useVirtualMachine())
  const fileSystems = data?.fsInfo?.disks ?? []
  if (!isConnected || fileSystems.length === 0) return null
  return (
    <StackItem>
      <Card isCompact>
        <CardTitle component="h2">{t('overview.fileSystems.title')}</CardTitle>
        <CardBody>
          <FileSystemsTable fileSystems={fileSystems} />
        </CardBody>
      </Card>
    </StackItem>
  )
}

const SOURCES = ['blank', 'claim', 'url', 'clone', 'image'] as const

function AddDisk() {
  const { t } = useTranslation()
  const saveChange = useSaveChange()
  const { virtualMachine, instance } = useVirtualMachine()
  const { refusal, mayPlug } = useDeviceAccess()
  const { mutate: addDrivers } = useMutation({
    run: () => saveChange(virtualMachine, withDrivers),
    onSuccess: () => showToast({ variant: 'success', title: t('devices.drivers.added') }),
    failureTitle: () => t('devices.drivers.failed'),
  })
  const choices: AddChoice[] = SOURCES.map((source) => ({
    label: t(`wizard.diskSource.${source}`),
    description: t(`wizard.diskSourceHint.${source}`),
    onClick: () =>
      openDialog((onClose) => (
        <AddDiskDialog
          virtualMachine={virtualMachine}
          hasGuest={Boolean(instance)}
          isRunning={instance?.status?.phase === 'Running'}
          {...{ mayPlug, source, onClose }}
        />
      )),
  }))
  choices.push({
    label: t('devices.medium.drive'),
    description: t('devices.medium.driveHint'),
    onClick: () =>
      openDialog((onClose) => <DriveDialog {...{ virtualMachine, instance, onClose }} />),
  })
  if (!hasDrivers(virtualMachine)) {
    choices.push({
      label: t('devices.drivers.label'),
      description: t('devices.drivers.hint'),
      onClick: () => addDrivers(undefined),
    })
  }
  return <AddMenu label={t('devices.addDisk')} reason={refusal} choices={choices} />
}
