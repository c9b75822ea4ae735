import { Button, Content } from '@patternfly/react-core'
import { MinusCircleIcon, PlusCircleIcon } from '@patternfly/react-icons'
import type { ReactNode } from 'react'
import { useFormContext } from 'react-hook-form'
import { useFieldProblems } from '../fields/form-problems.ts'
import { Field } from '../fields/Field.tsx'
import styles from './RowList.module.css'

interface RowListProps<Row> {
  /** The list's place in the form's values. */
  name: string
  hint: string
  addLabel: string
  removeLabel: (number: number) => string
  newRow: Row
  children: (path: string, number: number) => ReactNode
}

/** Rows of fields that come and go. */
export function RowList<Row>(props: RowListProps<Row>) {
  const { name, hint, addLabel, removeLabel, newRow, children } = props
  const { watch, setValue } = useFormContext()
  const rows = (watch(name) ?? []) as readonly Row[]
  const together = useFieldProblems(name, true)
  const change = (changed: readonly Row[]) => setValue(name, changed)
  return (
    <div className={styles['rows']}>
      <Content component="p">{hint}</Content>
      {rows.map((_row, index) => (
        // Rows have no identity beyond their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles['row']}>
          <div className={styles['fields']}>{children(`${name}.${index}`, index + 1)}</div>
          <Button
            variant="plain"
            className={styles['remove'] ?? ''}
            icon={<MinusCircleIcon />}
            aria-label={removeLabel(index + 1)}
            onClick={() => change(rows.filter((_other, at) => at !== index))}
          />
        </div>
      ))}
      {together.length > 0 && (
        <Field label="" problems={together}>
          {() => null}
        </Field>
      )}
      <div>
        <Button
          variant="link"
          isInline
          icon={<PlusCircleIcon />}
          onClick={() => change([...rows, newRow])}
        >
          {addLabel}
        </Button>
      </div>
    </div>
  )
}
