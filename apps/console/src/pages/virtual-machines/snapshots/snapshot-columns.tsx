import { Content } from '@patternfly/react-core'
import { consistencyOf } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { PhaseLabel } from '../../../ui/PhaseLabel.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import type { SnapshotRow } from './use-snapshots.ts'

export const snapshotColumns: readonly Column<SnapshotRow>[] = [
  {
    id: 'name',
    label: 'table.columns.name',
    width: 25,
    cell: ({ object }) => object.metadata?.name,
  },
  {
    id: 'phase',
    label: 'table.columns.status',
    cell: ({ object: { status } }) => (
      <>
        <PhaseLabel phase={status?.phase ?? 'InProgress'} />
        {status?.error?.message && <Content component="small">{status.error.message}</Content>}
      </>
    ),
  },
  {
    id: 'consistency',
    label: 'snapshots.columns.consistency',
    width: 30,
    cell: ({ object }) => <Consistency snapshot={object} />,
  },
  {
    id: 'volumes',
    label: 'snapshots.columns.volumes',
    isMinor: true,
    cell: ({ object: { status } }) => status?.snapshotVolumes?.includedVolumes?.join(', '),
  },
  {
    id: 'created',
    label: 'table.columns.created',
    cell: ({ object }) => <Timestamp time={object.metadata?.creationTimestamp} />,
  },
]

/** What the guest did while it was taken, in words. */
function Consistency({ snapshot }: { snapshot: SnapshotRow['object'] }) {
  const { t } = useTranslation()
  return t(`snapshots.consistency.${consistencyOf(snapshot)}`)
}
