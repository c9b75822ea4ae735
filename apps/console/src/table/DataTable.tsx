import { Table, Tbody, Td, Th, Thead, Tr, type TdProps } from '@patternfly/react-table'
import { Checkbox } from '@patternfly/react-core'
import { memo, useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from './column.ts'
import styles from './DataTable.module.css'
import type { ListParameters } from './list-parameters.ts'

/** From here on they stand closer together on laptops. */
const MANY_COLUMNS = 8

const FROM_TABLETS_UP: NonNullable<TdProps['visibility']> = ['hidden', 'visibleOnLg']

/** Rows that the user has ticked. Its functions must be constants. */
export interface RowSelection<Row> {
  isSelected: (row: Row) => boolean
  onSelect: (rows: readonly Row[], isSelected: boolean) => void
  /** What a row is called, for screen readers. */
  nameOf: (row: Row) => string
}

interface RowProps<Row> {
  row: Row
  isSelected?: boolean | undefined
  onSelect?: RowSelection<Row>['onSelect'] | undefined
  nameOf?: RowSelection<Row>['nameOf'] | undefined
  columns: readonly Column<Row>[]
  /** The ⋮ menu. */
  rowActions?: ((row: Row) => ReactNode) | undefined
}

interface DataTableProps<Row> {
  label: string
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  rowActions?: ((row: Row) => ReactNode) | undefined
  selection?: RowSelection<Row> | undefined
  sort?: ListParameters['sort'] | undefined
  onSort?: ((sort: ListParameters['sort']) => void) | undefined
  isBusy?: boolean
}

/** Rows render again only when they changed: `columns` and `rowActions` must be constants. */
export function DataTable<Row extends { key: string }>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowActions, selection, sort, onSort, isBusy = false } = props
  const { t } = useTranslation()
  return (
    <div className={styles['scroll']}>
      <Table
        className={`${styles['table']} ${columns.length >= MANY_COLUMNS ? styles['dense'] : ''}`}
        aria-label={label}
        aria-busy={isBusy}
        variant="compact"
      >
        <Thead>
          <Tr>
            {selection && <PageSelection rows={rows} selection={selection} />}
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
              {...(selection && {
                isSelected: selection.isSelected(row),
                onSelect: selection.onSelect as RowSelection<unknown>['onSelect'],
                nameOf: selection.nameOf as RowSelection<unknown>['nameOf'],
              })}
            />
          ))}
        </Tbody>
      </Table>
    </div>
  )
}

/** Ticks or unticks all rows of the page. */
function PageSelection<Row>(props: { rows: readonly Row[]; selection: RowSelection<Row> }) {
  const { rows, selection } = props
  const { t } = useTranslation()
  const count = rows.filter((row) => selection.isSelected(row)).length
  const isAll = count > 0 && count === rows.length
  return (
    <Th className={styles['check'] ?? ''} screenReaderText={t('table.select')}>
      <Checkbox
        id="select-page"
        aria-label={t('table.selectPage')}
        isChecked={count > 0 && !isAll ? null : isAll}
        onChange={() => selection.onSelect(rows, !isAll)}
      />
    </Th>
  )
}

const MemoizedRow = memo(function DataRow(props: RowProps<unknown>) {
  const { row, columns, rowActions, isSelected = false, onSelect, nameOf } = props
  const { t } = useTranslation()
  const id = useId()
  const name = nameOf?.(row) ?? ''
  return (
    <Tr isRowSelected={isSelected}>
      {onSelect && (
        <Td className={styles['check'] ?? ''}>
          <Checkbox
            id={`select-${id}`}
            aria-label={t('table.selectRow', { name })}
            isChecked={isSelected}
            onChange={(_event, isChecked) => onSelect([row], isChecked)}
          />
        </Td>
      )}
      {columns.map(({ id, label, cell, isMinor }) => (
        <Td
          key={id}
          className={styles['cell'] ?? ''}
          dataLabel={t(label)}
          {...(isMinor && { visibility: FROM_TABLETS_UP })}
        >
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
