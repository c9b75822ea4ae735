import { Table, Tbody, Td, Th, Thead, Tr, type TdProps } from '@patternfly/react-table'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from './column.ts'
import styles from './DataTable.module.css'
import type { ListParameters } from './list-parameters.ts'

const FROM_TABLETS_UP: NonNullable<TdProps['visibility']> = ['hidden', 'visibleOnLg']

interface RowProps<Row> {
  row: Row
  columns: readonly Column<Row>[]
  /** The ⋮ menu. */
  rowActions?: ((row: Row) => ReactNode) | undefined
}

interface DataTableProps<Row> extends Omit<RowProps<Row>, 'row'> {
  label: string
  rows: readonly Row[]
  sort?: ListParameters['sort'] | undefined
  onSort?: ((sort: ListParameters['sort']) => void) | undefined
  isBusy?: boolean
}

/** Rows render again only when they changed: `columns` and `rowActions` must be constants. */
export function DataTable<Row extends { key: string }>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowActions, sort, onSort, isBusy = false } = props
  const { t } = useTranslation()
  return (
    <Table
      className={styles['table'] ?? ''}
      aria-label={label}
      aria-busy={isBusy}
      variant="compact"
    >
      <Thead>
        <Tr>
          {columns.map(({ id, label: columnLabel, sortable, width, isMinor }) => (
            <Th
              key={id}
              modifier="nowrap"
              {...(width && { width })}
              {...(isMinor && { visibility: FROM_TABLETS_UP })}
              {...(sortable && sort && onSort && { sort: sortOf({ id, sort, onSort }) })}
            >
              {t(columnLabel)}
            </Th>
          ))}
          {rowActions && <Th screenReaderText={t('table.actions')} />}
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row) => (
          <MemoizedRow
            key={row.key}
            row={row}
            columns={columns as readonly Column<unknown>[]}
            rowActions={rowActions as ((row: unknown) => ReactNode) | undefined}
          />
        ))}
      </Tbody>
    </Table>
  )
}

const MemoizedRow = memo(function DataRow({ row, columns, rowActions }: RowProps<unknown>) {
  const { t } = useTranslation()
  return (
    <Tr>
      {columns.map(({ id, label, cell, isMinor }) => (
        <Td key={id} dataLabel={t(label)} {...(isMinor && { visibility: FROM_TABLETS_UP })}>
          {cell(row)}
        </Td>
      ))}
      {rowActions && <Td isActionCell>{rowActions(row)}</Td>}
    </Tr>
  )
})

interface SortOptions {
  id: string
  sort: ListParameters['sort']
  onSort: (sort: ListParameters['sort']) => void
}

/** PatternFly compares column indexes; only "this one" or "another" matters. */
function sortOf({ id, sort, onSort }: SortOptions) {
  const direction = sort.direction === 'ascending' ? ('asc' as const) : ('desc' as const)
  return {
    columnIndex: 0,
    sortBy: sort.column === id ? { index: 0, direction } : {},
    onSort: () => {
      const flips = sort.column === id && sort.direction === 'ascending'
      onSort({ column: id, direction: flips ? 'descending' : 'ascending' })
    },
  }
}
