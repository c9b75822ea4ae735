import { Label } from '@patternfly/react-core'
import { type DiskRow } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { DiskSource } from '../overview/DisksCard.tsx'
import { isChange, PendingLabel } from './DeviceState.tsx'

export type DiskTableRow = DiskRow & { key: string; storageClass: string | undefined }

export const diskColumns: readonly Column<DiskTableRow>[] = [
  { id: 'name', label: 'table.columns.name', cell: (row) => <NameCell {...row} /> },
  {
    id: 'source',
    label: 'virtualMachine.disks.source',
    cell: (row) => <DiskSource {...row} />,
  },
  { id: 'size', label: 'overview.disks.size', cell: ({ size }) => size },
  { id: 'drive', label: 'devices.drive', cell: ({ device }) => <Drive device={device} /> },
  { id: 'bus', label: 'wizard.disk.bus', cell: ({ bus }) => bus },
  {
    id: 'storageClass',
    label: 'wizard.disk.storageClass',
    isMinor: true,
    cell: ({ storageClass }) => storageClass,
  },
  { id: 'state', label: 'table.columns.status', cell: ({ state }) => <State state={state} /> },
]

function NameCell({ name, bootOrder }: DiskTableRow) {
  const { t } = useTranslation()
  return (
    <>
      {name} {bootOrder === 1 && <Label isCompact>{t('wizard.review.bootable')}</Label>}
    </>
  )
}

function Drive({ device }: Pick<DiskRow, 'device'>) {
  const { t } = useTranslation()
  return t(`devices.driveType.${device}`)
}

function State({ state }: Pick<DiskRow, 'state'>) {
  const { t } = useTranslation()
  if (isChange(state)) return <PendingLabel change={state} />
  return state === 'fixed' ? null : <Label isCompact>{t(`devices.state.${state}`)}</Label>
}
