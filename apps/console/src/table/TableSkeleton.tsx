import { Skeleton } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useTranslation } from 'react-i18next'
import type { Column } from './column.ts'

const ROWS = [1, 2, 3, 4, 5, 6, 7, 8]

/** The table's own columns with grey rows, so that nothing jumps when the rows come. */
export function TableSkeleton({ columns }: { columns: readonly Column<never>[] }) {
  const { t } = useTranslation()
  return (
    <Table aria-label={t('common.loading')} aria-busy variant="compact">
      <Thead>
        <Tr>
          {columns.map(({ id, label, width }) => (
            <Th key={id} {...(width && { width })}>
              {t(label)}
            </Th>
          ))}
        </Tr>
      </Thead>
      <Tbody>
        {ROWS.map((row) => (
          <Tr key={row}>
            {columns.map(({ id, label }) => (
              <Td key={id} dataLabel={t(label)}>
                <Skeleton width="70%" screenreaderText={t('common.loading')} />
              </Td>
            ))}
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
