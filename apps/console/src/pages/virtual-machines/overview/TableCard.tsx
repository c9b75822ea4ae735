import { Card, CardBody, CardFooter, CardTitle } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApiError } from '../../../live/api-error.ts'
import type { Column } from '../../../table/column.ts'
import { DataTable } from '../../../table/DataTable.tsx'

interface TableCardProps<Row> {
  title: string
  /** In place of the table when it would be empty. */
  none: string
  columns: readonly Column<Row>[]
  /** undefined while they load. */
  rows: readonly Row[] | undefined
  error?: ApiError | undefined
  /** Leads to all of them. */
  more?: ReactNode
}

/** A short table in a card; what it is not there for is said in one line. */
export function TableCard<Row extends { key: string }>(props: TableCardProps<Row>) {
  const { title, none, columns, rows, error, more } = props
  const { t } = useTranslation()
  return (
    <Card>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        {rows && rows.length > 0 ? (
          <DataTable label={title} columns={columns} rows={rows} />
        ) : (
          (error?.message ?? (rows ? none : t('common.loading')))
        )}
      </CardBody>
      {more !== undefined && <CardFooter>{more}</CardFooter>}
    </Card>
  )
}
