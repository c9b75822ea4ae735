import {
  Alert,
  Flex,
  FlexItem,
  PageSection,
  Title,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveResult } from '../live/use-live-query.ts'
import { ErrorState } from '../ui/ErrorState.tsx'
import type { Column } from './column.ts'
import { DataTable, type RowSelection } from './DataTable.tsx'
import { FilteredEmpty } from './FilteredEmpty.tsx'
import { ListPagination } from './ListPagination.tsx'
import { SearchField } from './SearchField.tsx'
import { TableSkeleton } from './TableSkeleton.tsx'
import type { ListState } from './use-list-parameters.ts'

interface ListPageProps<Row> {
  title: string
  searchLabel: string
  columns: readonly Column<Row>[]
  list: ListState
  result: LiveResult<{ rows: readonly Row[]; total: number }>
  /** Shown when there is nothing and nothing is filtered out. */
  empty: ReactNode
  /** Shown where the cluster does not know such things at all. */
  unserved?: ReactNode
  rowActions?: (row: Row) => ReactNode
  /** Between search and pages. */
  filters?: ReactNode
  selection?: RowSelection<Row>
  /** Between the filters and the table: what can be done with what is selected. */
  bulk?: ReactNode
  /** Buttons beside the title. */
  actions?: ReactNode
  /** A line below the title. */
  description?: ReactNode
}

/** Every list: title, search, filters, pages, and the states a list can be in. */
export function ListPage<Row extends { key: string }>(props: ListPageProps<Row>) {
  const { title, searchLabel, columns, list, result, empty, rowActions } = props
  const { parameters, change, isFiltered, clearFilters } = list
  const { data, state, error } = result
  const { t } = useTranslation()
  const total = data?.total ?? 0
  const lastPage = Math.max(1, Math.ceil(total / parameters.perPage))

  // The last row of the last page was deleted, or the URL asks for too much.
  const isBeyond = state === 'ready' && parameters.page > lastPage
  useEffect(() => {
    if (isBeyond) change({ page: lastPage })
  }, [isBeyond, lastPage, change])

  const isUnserved = state === 'error' && error?.status === 404 && props.unserved !== undefined
  const isEmpty = data !== undefined && total === 0
  const showsToolbar = !(state === 'error' && !isFiltered) && !(isEmpty && !isFiltered)
  return (
    <>
      <PageSection hasBodyWrapper={false}>
        <Flex justifyContent={{ default: 'justifyContentSpaceBetween' }}>
          <FlexItem>
            <Title headingLevel="h1">{title}</Title>
            {props.description}
          </FlexItem>
          {props.actions !== undefined && !isUnserved && <FlexItem>{props.actions}</FlexItem>}
        </Flex>
      </PageSection>
      <PageSection isFilled>
        {state === 'stale' && error && (
          <Alert isInline variant="warning" title={t('table.stale')}>
            {error.message}
          </Alert>
        )}
        {showsToolbar && (
          <Toolbar
            clearAllFilters={clearFilters}
            clearFiltersButtonText={t('table.clearFilters')}
            collapseListedFiltersBreakpoint="md"
            numberOfFiltersText={(count) => t('table.filtersApplied', { count })}
          >
            <ToolbarContent>
              {/* Wide enough to read what is searched. */}
              <ToolbarItem style={{ minInlineSize: 'min(20rem, 100%)' }}>
                <SearchField
                  label={searchLabel}
                  value={parameters.search}
                  onChange={(search) => change({ search })}
                />
              </ToolbarItem>
              {props.filters}
              <ToolbarGroup align={{ default: 'alignEnd' }}>
                <ToolbarItem variant="pagination">
                  <ListPagination
                    variant="top"
                    total={total}
                    parameters={parameters}
                    onChange={change}
                  />
                </ToolbarItem>
              </ToolbarGroup>
            </ToolbarContent>
          </Toolbar>
        )}
        {props.bulk}
        {state === 'error' &&
          error &&
          (isUnserved ? props.unserved : <ErrorState error={error} />)}
        {state === 'loading' && <TableSkeleton columns={columns} />}
        {isEmpty && (isFiltered ? <FilteredEmpty onClear={clearFilters} /> : empty)}
        {data && total > 0 && (
          <>
            <DataTable
              label={title}
              columns={columns}
              rows={data.rows}
              rowActions={rowActions}
              selection={props.selection}
              sort={parameters.sort}
              onSort={(sort) => change({ sort })}
              isBusy={state === 'stale'}
            />
            {total > Math.min(parameters.perPage, data.rows.length) && (
              <ListPagination
                variant="bottom"
                total={total}
                parameters={parameters}
                onChange={change}
              />
            )}
          </>
        )}
      </PageSection>
    </>
  )
}
