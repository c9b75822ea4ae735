import { Radio } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { stringify } from 'yaml'
import styles from './MergeDialog.module.css'
import type { MergeConflict, MergeSide } from './merge-objects.ts'

interface ConflictTableProps {
  conflicts: readonly MergeConflict[]
  choices: ReadonlyMap<string, MergeSide>
  onChoose: (path: string, side: MergeSide) => void
}

/** Places that both sides changed, with both values to choose from. */
export function ConflictTable({ conflicts, choices, onChoose }: ConflictTableProps) {
  const { t } = useTranslation()
  const id = useId()
  const choice = ({ path, ...values }: MergeConflict, side: MergeSide) => (
    <Td dataLabel={t(`yamlEditor.merge.${side}`)}>
      <Radio
        id={`${id}-${path}-${side}`}
        name={`${id}-${path}`}
        label={
          <>
            {t(`yamlEditor.merge.${side}`)}
            <span className="pf-v6-screen-reader">: {path}</span>
          </>
        }
        body={<pre className={styles['value']}>{valueText(values[side])}</pre>}
        isChecked={choices.get(path) === side}
        onChange={() => onChoose(path, side)}
      />
    </Td>
  )
  const valueText = (value: unknown) =>
    value === undefined ? t('yamlEditor.merge.nothing') : stringify(value).trimEnd()
  return (
    <Table aria-label={t('yamlEditor.merge.conflicts')} variant="compact">
      <Thead>
        <Tr>
          <Th width={25}>{t('yamlEditor.merge.place')}</Th>
          <Th width={25}>{t('yamlEditor.merge.base')}</Th>
          <Th>{t('yamlEditor.merge.mine')}</Th>
          <Th>{t('yamlEditor.merge.theirs')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {conflicts.map((conflict) => (
          <Tr key={conflict.path}>
            <Td dataLabel={t('yamlEditor.merge.place')}>
              <code>{conflict.path}</code>
            </Td>
            <Td dataLabel={t('yamlEditor.merge.base')}>
              <pre className={styles['value']}>{valueText(conflict.base)}</pre>
            </Td>
            {choice(conflict, 'mine')}
            {choice(conflict, 'theirs')}
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}
