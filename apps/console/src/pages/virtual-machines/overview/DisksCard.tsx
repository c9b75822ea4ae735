import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { formatByteQuantity } from '@virtdeck/kubernetes'
import { disksOf, type DiskInfo } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { TwoLines } from './TwoLines.tsx'

const columns: readonly Column<DiskInfo & { key: string }>[] = [
  {
    id: 'name',
    label: 'table.columns.name',
    cell: ({ name, device, bus }) => (
      <TwoLines first={name} second={[device, bus].filter(Boolean).join(', ')} />
    ),
  },
  {
    id: 'source',
    label: 'virtualMachine.disks.source',
    cell: (row) => <DiskSource {...row} />,
  },
  { id: 'size', label: 'overview.disks.size', cell: ({ size }) => formatByteQuantity(size) },
]

export function DisksCard({ virtualMachine }: VirtualMachineContext) {
  const { t } = useTranslation()
  const rows = disksOf(virtualMachine).map((row) => ({
    key: row.name,
    ...row,
  }))
  return (
    <Card>
      <CardTitle component="h2">{t('virtualMachine.disks.title')}</CardTitle>
      <CardBody>
        {rows.length === 0 ? (
          t('virtualMachine.disks.none')
        ) : (
          <DataTable label={t('virtualMachine.disks.title')} columns={columns} rows={rows} />
        )}
      </CardBody>
    </Card>
  )
}

/** What a disk is made of, in words, and which one. */
export function DiskSource({ volumeType, source }: Pick<DiskInfo, 'volumeType' | 'source'>) {
  const { t } = useTranslation()
  const type = isKnown(volumeType) ? t(`virtualMachine.volumeType.${volumeType}`) : volumeType
  return <TwoLines first={type ?? ''} second={source} />
}

const VOLUME_TYPES = [
  'containerDisk',
  'dataVolume',
  'persistentVolumeClaim',
  'ephemeral',
  'emptyDisk',
  'cloudInitNoCloud',
  'cloudInitConfigDrive',
  'configMap',
  'secret',
  'serviceAccount',
  'sysprep',
] as const

/** Others, such as those of a newer KubeVirt, are shown by their name in the manifest. */
const isKnown = (type: string | undefined): type is (typeof VOLUME_TYPES)[number] =>
  (VOLUME_TYPES as readonly (string | undefined)[]).includes(type)
