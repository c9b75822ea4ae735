import type { IoK8sApiCoreV1Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { Label } from '@patternfly/react-core'
import type { ObjectRow } from '@virtdeck/bff-contract'
import { lastSeenAt } from '@virtdeck/kubernetes'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/column.ts'
import { DataTable } from '../../table/DataTable.tsx'
import { Age } from '../../ui/Age.tsx'

interface EventRow {
  key: string
  object: IoK8sApiCoreV1Event
}

const columns: readonly Column<EventRow>[] = [
  {
    id: 'type',
    label: 'virtualMachine.events.type',
    cell: ({ object }) => <EventType type={object.type} />,
  },
  {
    id: 'reason',
    label: 'virtualMachine.events.reason',
    cell: ({ object }) => object.reason,
  },
  {
    id: 'message',
    label: 'virtualMachine.events.message',
    width: 40,
    cell: ({ object }) => object.message,
  },
  {
    id: 'source',
    label: 'virtualMachine.events.source',
    cell: ({ object }) =>
      [object.involvedObject.kind, object.source?.component ?? object.reportingComponent]
        .filter(Boolean)
        .join(' · '),
  },
  {
    id: 'count',
    label: 'virtualMachine.events.count',
    cell: ({ object }) => object.count ?? object.series?.count ?? 1,
  },
  {
    id: 'age',
    label: 'virtualMachine.events.age',
    cell: ({ object }) => {
      const time = lastSeenAt(object)
      return time && <Age time={time} />
    },
  },
]

const COMPACT = new Set(['type', 'message', 'age'])
const compactColumns = columns.filter(({ id }) => COMPACT.has(id))

interface EventsTableProps {
  rows: readonly ObjectRow[]
  /** In a card: only the columns that matter most. */
  isCompact?: boolean
}

export function EventsTable({ rows, isCompact = false }: EventsTableProps) {
  const { t } = useTranslation()
  return (
    <DataTable
      label={t('virtualMachine.events.title')}
      columns={isCompact ? compactColumns : columns}
      rows={rows as unknown as EventRow[]}
    />
  )
}

function EventType({ type = 'Normal' }: { type: string | undefined }) {
  const { t } = useTranslation()
  const isWarning = type === 'Warning'
  return (
    <Label isCompact {...(isWarning && { status: 'warning' as const })}>
      {t(isWarning ? 'virtualMachine.events.warning' : 'virtualMachine.events.normal')}
    </Label>
  )
}
