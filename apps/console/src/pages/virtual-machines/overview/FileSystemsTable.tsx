import type { V1VirtualMachineInstanceFileSystem } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { Progress, ProgressMeasureLocation } from '@patternfly/react-core'
import { formatBytes } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/DataTable.tsx'

type FileSystem = V1VirtualMachineInstanceFileSystem & { key: string }

const columns: readonly Column<FileSystem>[] = [
  {
    id: 'mountPoint',
    label: 'overview.fileSystems.mountPoint',
    cell: ({ mountPoint }) => mountPoint,
  },
  {
    id: 'type',
    label: 'overview.fileSystems.type',
    cell: ({ fileSystemType }) => fileSystemType,
  },
  {
    id: 'used',
    label: 'overview.fileSystems.used',
    width: 40,
    cell: (fileSystem) => <Usage {...fileSystem} />,
  },
]

export function FileSystemsTable(props: {
  fileSystems: readonly V1VirtualMachineInstanceFileSystem[]
}) {
  const { t } = useTranslation()
  if (props.fileSystems.length === 0) return null
  return (
    <DataTable
      label={t('overview.fileSystems.title')}
      columns={columns}
      rows={props.fileSystems.map((one) => ({ key: one.mountPoint, ...one }))}
    />
  )
}

function Usage({ mountPoint, usedBytes, totalBytes }: FileSystem) {
  const { t } = useTranslation()
  // Pseudo file systems have no size.
  if (totalBytes <= 0) return t('common.notAvailable')
  const amounts = { used: formatBytes(usedBytes), total: formatBytes(totalBytes) }
  return (
    <>
      {t('overview.fileSystems.amounts', amounts)}
      <Progress
        aria-label={t('overview.fileSystems.usedOf', { mountPoint })}
        value={(usedBytes / totalBytes) * 100}
        valueText={t('overview.fileSystems.amounts', amounts)}
        measureLocation={ProgressMeasureLocation.none}
        size="sm"
      />
    </>
  )
}
