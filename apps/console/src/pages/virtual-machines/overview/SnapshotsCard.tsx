import type { V1beta1VirtualMachineSnapshot } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import { paths } from '../../../paths.ts'
import type { Column } from '../../../table/column.ts'
import { PhaseLabel } from '../../../ui/PhaseLabel.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { TableCard } from './TableCard.tsx'

interface SnapshotRow {
  key: string
  object: V1beta1VirtualMachineSnapshot
}

const columns: readonly Column<SnapshotRow>[] = [
  { id: 'name', label: 'table.columns.name', cell: ({ object }) => object.metadata?.name },
  {
    id: 'phase',
    label: 'table.columns.status',
    cell: ({ object }) => <PhaseLabel phase={object.status?.phase ?? 'InProgress'} />,
  },
  {
    id: 'created',
    label: 'table.columns.created',
    cell: ({ object }) => <Timestamp time={object.metadata?.creationTimestamp} />,
  },
]

const SHOWN = 5

/** The newest snapshots of the VM. */
export function SnapshotsCard({ virtualMachine }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const { group, version, resource } = RESOURCES.virtualMachineSnapshots
  const { data, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace,
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: 200,
  })
  const rows = (data?.rows as unknown as SnapshotRow[] | undefined)?.filter(
    ({ object }) => object.spec.source.name === name,
  )
  return (
    <TableCard
      title={t('overview.snapshots.title')}
      none={t('overview.snapshots.none')}
      columns={columns}
      rows={rows?.slice(0, SHOWN)}
      error={error}
      more={
        <Link to={paths.virtualMachineSnapshots({ namespace, name })}>
          {t('snapshots.all')}
        </Link>
      }
    />
  )
}
