import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/DataTable.tsx'
import { Age } from '../../../ui/Age.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'
import { TwoLines } from './TwoLines.tsx'

interface ConditionRow {
  key: string
  type: string
  status: string
  reason?: string
  message?: string
  lastTransitionTime?: string
}

const columns: readonly Column<ConditionRow>[] = [
  {
    id: 'type',
    label: 'virtualMachine.conditions.type',
    width: 35,
    cell: (condition) => <ConditionWords {...condition} />,
  },
  {
    id: 'message',
    label: 'virtualMachine.conditions.message',
    cell: ({ message, reason }) => message || reason,
  },
  {
    id: 'changed',
    label: 'virtualMachine.conditions.changed',
    cell: ({ lastTransitionTime }) => lastTransitionTime && <Age time={lastTransitionTime} />,
  },
]

/** The VM's conditions, and those of the VMI that the VM does not repeat. */
export function ConditionsCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const own = virtualMachine.status?.conditions ?? []
  const types = new Set(own.map(({ type }) => type))
  const others = (instance?.status?.conditions ?? []).filter(({ type }) => !types.has(type))
  const rows = [...own, ...others].map((condition) => ({ key: condition.type, ...condition }))
  return (
    <Card>
      <CardTitle component="h2">{t('virtualMachine.conditions.title')}</CardTitle>
      <CardBody>
        {rows.length === 0 ? (
          t('virtualMachine.conditions.none')
        ) : (
          <DataTable
            label={t('virtualMachine.conditions.title')}
            columns={columns}
            rows={rows}
          />
        )}
      </CardBody>
    </Card>
  )
}

/** KubeVirt's conditions that are said in words; others are shown by their name. */
const KNOWN = [
  'Ready',
  'AgentConnected',
  'LiveMigratable',
  'StorageLiveMigratable',
  'Paused',
  'RestartRequired',
  'Failure',
  'Synchronized',
  'DataVolumesReady',
  'AccessCredentialsSynchronized',
  'Initialized',
] as const

const isKnown = (type: string): type is (typeof KNOWN)[number] =>
  (KNOWN as readonly string[]).includes(type)

function ConditionWords({ type, status }: ConditionRow) {
  const { t } = useTranslation()
  if (isKnown(type) && (status === 'True' || status === 'False')) {
    return <TwoLines first={t(`overview.conditions.${type}.${status}`)} second={type} />
  }
  return <TwoLines first={type} second={t(wordOf(status))} />
}

const wordOf = (status: string) =>
  status === 'True'
    ? 'virtualMachine.conditions.true'
    : status === 'False'
      ? 'virtualMachine.conditions.false'
      : 'overview.conditions.unknown'
