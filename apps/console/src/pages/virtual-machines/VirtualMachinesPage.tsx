import { Flex, ToolbarGroup, ToolbarItem } from '@patternfly/react-core'
import { VirtualMachineIcon } from '@patternfly/react-icons'
import type { VirtualMachineRow, VirtualMachinesQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { BulkBar } from '../../actions/virtual-machine/bulk/BulkBar.tsx'
import { VirtualMachineMenu } from '../../actions/virtual-machine/VirtualMachineMenu.tsx'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { useProject } from '../../layouts/use-project.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'
import { paths } from '../../paths.ts'
import { ListPage } from '../../table/ListPage.tsx'
import { useListParameters } from '../../table/use-list-parameters.ts'
import { EmptyContent } from '../../ui/EmptyContent.tsx'
import { CreateMenu } from './CreateMenu.tsx'
import { ColumnsMenu } from './list/ColumnsMenu.tsx'
import { ExportButton } from './list/ExportButton.tsx'
import { columnsOf, showsUsage, useShownColumns } from './list/list-columns.ts'
import { LIST_DEFAULTS, selectionOf } from './list/list-filters.ts'
import { ListFilters } from './list/ListFilters.tsx'
import { SavedFilters } from './list/SavedFilters.tsx'
import { SelectionLimit } from './list/SelectionLimit.tsx'
import { StatusCounters } from './list/StatusCounters.tsx'
import { UsageContext } from './list/usage-context.ts'
import { useLatestUsage } from './list/use-latest-usage.ts'
import { useSelectedRows } from './list/use-selected-rows.ts'

export const handle: RouteHandle = {
  crumb: ({ t }) => ({ label: t('virtualMachine.list.title'), to: paths.virtualMachines() }),
}

const rowActions = (row: VirtualMachineRow) => (
  <VirtualMachineMenu target={row} variant="kebab" />
)

export default function VirtualMachinesPage() {
  const namespace = useProject()
  // What is selected in one project does not stay so in another.
  return <VirtualMachineList key={namespace ?? '*'} namespace={namespace} />
}

function VirtualMachineList({ namespace }: { namespace: string | undefined }) {
  const { t } = useTranslation()
  const list = useListParameters(LIST_DEFAULTS)
  const { page, perPage } = list.parameters
  const shown = useShownColumns()
  const selected = useSelectedRows()
  const wanted = selectionOf(list.parameters, namespace)
  const result = useLiveQuery<VirtualMachinesQuery>({
    kind: 'virtualMachines',
    ...wanted,
    offset: (page - 1) * perPage,
    limit: perPage,
  })
  const usage = useLatestUsage(result.data?.rows ?? [], showsUsage(shown))
  return (
    <UsageContext value={usage}>
      <ListPage
        title={t('virtualMachine.list.title')}
        searchLabel={t('virtualMachine.list.search')}
        columns={columnsOf(shown)}
        list={list}
        result={result}
        rowActions={rowActions}
        selection={selected.selection}
        filters={
          <>
            <ListFilters list={list} namespace={namespace} />
            <ToolbarItem>
              <SavedFilters list={list} />
            </ToolbarItem>
            <ToolbarGroup variant="action-group-plain">
              <ToolbarItem>
                <ColumnsMenu />
              </ToolbarItem>
              <ToolbarItem>
                <ExportButton selection={wanted} />
              </ToolbarItem>
            </ToolbarGroup>
          </>
        }
        bulk={
          selected.rows.length > 0 && (
            <>
              <BulkBar rows={selected.rows} namespace={namespace} onClear={selected.clear} />
              <SelectionLimit leftOut={selected.leftOut} />
            </>
          )
        }
        actions={
          <Flex alignItems={{ default: 'alignItemsCenter' }}>
            <StatusCounters list={list} namespace={namespace} />
            <CreateMenu />
          </Flex>
        }
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
    </UsageContext>
  )
}
