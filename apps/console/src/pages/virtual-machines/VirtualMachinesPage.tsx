import { VirtualMachineIcon } from '@patternfly/react-icons'
import type { VirtualMachineRow, VirtualMachinesQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { VirtualMachineMenu } from '../../actions/virtual-machine/VirtualMachineMenu.tsx'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useProject } from '../../layouts/use-project.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { paths } from '../../paths.ts'
import { ListPage } from '../../table/ListPage.tsx'
import { useListParameters } from '../../table/use-list-parameters.ts'
import { EmptyContent } from '../../ui/EmptyContent.tsx'
import { CreateMenu } from './CreateMenu.tsx'
import { StatusFilter } from './StatusFilter.tsx'
import { virtualMachineColumns } from './virtual-machine-columns.tsx'

const DEFAULTS = {
  sortable: virtualMachineColumns.map(({ id }) => id),
  sort: { column: 'name', direction: 'ascending' as const },
}

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('virtualMachine.list.title'), to: paths.virtualMachines() }),
}

const rowActions = (row: VirtualMachineRow) => (
  <VirtualMachineMenu target={row} variant="kebab" />
)

export default function VirtualMachinesPage() {
  const { t } = useTranslation()
  const namespace = useProject()
  const list = useListParameters(DEFAULTS)
  const { search, statuses, sort, page, perPage } = list.parameters
  const result = useLiveQuery<VirtualMachinesQuery>({
    kind: 'virtualMachines',
    ...(namespace !== undefined && { namespace }),
    ...(search !== '' && { search }),
    ...(statuses.length > 0 && { filters: { status: statuses } }),
    sort: sort as VirtualMachinesQuery['sort'],
    offset: (page - 1) * perPage,
    limit: perPage,
  })
  return (
    <ListPage
      title={t('virtualMachine.list.title')}
      searchLabel={t('virtualMachine.list.search')}
      columns={virtualMachineColumns}
      list={list}
      result={result}
      rowActions={rowActions}
      filters={
        <StatusFilter
          statuses={statuses}
          onChange={(changed) => list.change({ statuses: changed })}
        />
      }
      actions={<CreateMenu />}
      empty={
        <EmptyContent
          icon={VirtualMachineIcon}
          title={t('virtualMachine.list.emptyTitle')}
          actions={<CreateMenu />}
        >
          {t('virtualMachine.list.emptyBody')}
        </EmptyContent>
      }
    />
  )
}
