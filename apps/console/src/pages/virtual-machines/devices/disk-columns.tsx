import { Label, Tooltip } from '@patternfly/react-core'
import { type DiskRow } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { DiskSource } from '../overview/DisksCard.tsx'
import { isChange, PendingLabel } from './DeviceState.tsx'

export type DiskTableRow = DiskRow & {
  key: string
  storageClass: string | undefined
  /** What its claim has been asked to become, and what keeps it from it. */
  growingTo: string | undefined
  growthMessage: string | undefined
}

export const diskColumns: readonly Column<DiskTableRow>[] = [
  { id: 'name', label: 'table.columns.name', cell: (row) => <NameCell {...row} /> },
  {
    id: 'source',
    label: 'virtualMachine.disks.source',
    cell: (row) => <Source {...row} />,
  },
  { id: 'size', label: 'overview.disks.size', cell: (row) => <Size {...row} /> },
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

/** A drive may be empty; a disk never is. */
function Source(row: DiskTableRow) {
  const { t } = useTranslation()
  if (row.volumeType === undefined && row.device === 'cdrom') return t('devices.medium.empty')
  return <DiskSource {...row} />
}

function Size({ size, growingTo, growthMessage }: DiskTableRow) {
  const { t } = useTranslation()
  if (growingTo === undefined) return size
  const label = (
    <Label isCompact color="blue" {...(growthMessage && { tabIndex: 0 })}>
      {t('devices.grow.to', { size: growingTo })}
    </Label>
  )
  return (
    <>
      {size} {growthMessage ? <Tooltip content={growthMessage}>{label}</Tooltip> : label}
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
