import { ToggleGroup, ToggleGroupItem } from '@patternfly/react-core'
import type { VirtualMachineFacetsQuery } from '@virtdeck/bff-contract'
import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import type { ListState } from '../../../table/use-list-parameters.ts'
import { VIRTUAL_MACHINE_STATUSES } from '../virtual-machine-statuses.ts'

interface Counter {
  id: string
  label: ParseKeys
  statuses: readonly string[]
}

const withTone = (tone: string) =>
  Object.entries(VIRTUAL_MACHINE_STATUSES).flatMap(([status, look]) =>
    look.tone === tone ? [status] : [],
  )

const COUNTERS: readonly Counter[] = [
  { id: 'all', label: 'virtualMachine.list.counters.all', statuses: [] },
  { id: 'running', label: 'virtualMachine.list.counters.running', statuses: ['Running'] },
  { id: 'stopped', label: 'virtualMachine.list.counters.stopped', statuses: ['Stopped'] },
  { id: 'paused', label: 'virtualMachine.list.counters.paused', statuses: ['Paused'] },
  {
    id: 'trouble',
    label: 'virtualMachine.list.counters.trouble',
    statuses: withTone('danger'),
  },
]

interface StatusCountersProps {
  list: ListState
  namespace: string | undefined
}

/** How many there are of each kind; pressing one shows only those. */
export function StatusCounters({ list, namespace }: StatusCountersProps) {
  const { t } = useTranslation()
  const { data } = useLiveQuery<VirtualMachineFacetsQuery>({
    kind: 'virtualMachineFacets',
    facet: 'status',
    ...(namespace !== undefined && { namespace }),
    offset: 0,
    limit: 100,
  })
  const chosen = list.parameters.filters['status'] ?? []
  const counts = new Map(data?.rows.map(({ key, count }) => [key, count]))
  const sum = (statuses: Iterable<string>) =>
    [...statuses].reduce((total, status) => total + (counts.get(status) ?? 0), 0)
  return (
    <ToggleGroup isCompact aria-label={t('virtualMachine.list.counters.label')}>
      {COUNTERS.map(({ id, label, statuses }) => {
        const isSelected = String(chosen.toSorted()) === String(statuses.toSorted())
        return (
          <ToggleGroupItem
            key={id}
            buttonId={`counter-${id}`}
            isSelected={isSelected}
            onChange={() => list.setFilter('status', isSelected ? [] : statuses)}
            text={t(label, { count: sum(statuses.length > 0 ? statuses : counts.keys()) })}
          />
        )
      })}
    </ToggleGroup>
  )
}
