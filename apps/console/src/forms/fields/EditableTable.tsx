import { Button, Form, HelperText, HelperTextItem, Tooltip } from '@patternfly/react-core'
import { CheckIcon, MinusCircleIcon, PencilAltIcon, TimesIcon } from '@patternfly/react-icons'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useEffect, useRef, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './EditableTable.module.css'
import { useProblemsBelow } from './form-problems.ts'

export interface EditableRow {
  name: string
  /** Where its fields are in the form: `networking.nics.0`. */
  path: string
  cells: readonly ReactNode[]
  /** Why it cannot be removed; undefined if it can. */
  keptReason?: string | undefined
}

interface EditableTableProps {
  label: string
  columns: readonly string[]
  rows: readonly EditableRow[]
  /** The row whose fields are shown in its place. */
  editing: number | undefined
  /** The fields of that row. */
  editor: ReactNode
  /** Why no other row can be changed now; undefined if all can. */
  lockedReason?: string | undefined
  onEdit: (index: number) => void
  onAccept: () => void
  onRevert: () => void
  onRemove: (index: number) => void
}

/** Rows that are edited in place: ✓ keeps the changes, ✕ takes them back. */
export function EditableTable(props: EditableTableProps) {
  const { label, columns, rows, editing, editor, lockedReason } = props
  const { onEdit, onAccept, onRevert, onRemove } = props
  const { t } = useTranslation()
  const table = useRef<HTMLTableElement>(null)
  const wasEditing = useRef(editing)
  useEffect(() => {
    const before = wasEditing.current
    wasEditing.current = editing
    if (editing !== undefined || before === undefined) return
    // Back to where editing began, or the keyboard would start anew at the top of the page.
    const buttons = table.current?.querySelectorAll<HTMLElement>('[data-edits-row]')
    buttons?.[Math.min(before, buttons.length - 1)]?.focus()
  }, [editing])
  return (
    <Table ref={table} aria-label={label} variant="compact" gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          {columns.map((column) => (
            <Th key={column} modifier="wrap">
              {column}
            </Th>
          ))}
          <Th screenReaderText={t('table.actions')} />
        </Tr>
      </Thead>
      <Tbody>
        {rows.map((row, index) =>
          index === editing ? (
            <EditedRow
              key={row.path}
              row={row}
              span={columns.length + 1}
              onAccept={onAccept}
              onRevert={onRevert}
            >
              {editor}
            </EditedRow>
          ) : (
            <ShownRow
              key={row.path}
              row={row}
              columns={columns}
              lockedReason={lockedReason}
              onEdit={() => onEdit(index)}
              onRemove={() => onRemove(index)}
            />
          ),
        )}
      </Tbody>
    </Table>
  )
}

/** Whoever opens a row wants to type. */
const focusFirstField = (form: HTMLFormElement | null): void =>
  form?.querySelector<HTMLElement>('input, select')?.focus()

interface EditedRowProps {
  row: EditableRow
  span: number
  onAccept: () => void
  onRevert: () => void
  children: ReactNode
}

function EditedRow({ row, span, onAccept, onRevert, children }: EditedRowProps) {
  const { t } = useTranslation()
  const isBroken = useProblemsBelow(row.path).length > 0
  return (
    <Tr>
      <Td colSpan={span} noPadding>
        <Form
          ref={focusFirstField}
          aria-label={t('wizard.row.editing', { name: row.name })}
          className={styles['editor'] ?? ''}
          onSubmit={(event) => {
            event.preventDefault()
            if (!isBroken) onAccept()
          }}
        >
          {children}
          <div className={styles['buttons']}>
            <Button
              type="submit"
              variant="plain"
              isDisabled={isBroken}
              icon={<CheckIcon />}
              aria-label={t('wizard.row.accept', { name: row.name })}
            />
            <Button
              variant="plain"
              icon={<TimesIcon />}
              aria-label={t('wizard.row.revert', { name: row.name })}
              onClick={onRevert}
            />
          </div>
        </Form>
      </Td>
    </Tr>
  )
}

interface ShownRowProps {
  row: EditableRow
  columns: readonly string[]
  lockedReason: string | undefined
  onEdit: () => void
  onRemove: () => void
}

function ShownRow({ row, columns, lockedReason, onEdit, onRemove }: ShownRowProps) {
  const { t } = useTranslation()
  const { name, keptReason } = row
  const problems = useProblemsBelow(row.path)
  return (
    <Tr>
      {columns.map((column, index) => (
        <Td key={column} dataLabel={column}>
          {row.cells[index]}
          {index === 0 && problems.length > 0 && (
            <HelperText>
              {problems.map(({ path, message }) => (
                <HelperTextItem key={path + message} variant="error">
                  {message}
                </HelperTextItem>
              ))}
            </HelperText>
          )}
        </Td>
      ))}
      <Td isActionCell modifier="fitContent">
        <Explained reason={lockedReason}>
          <Button
            variant="plain"
            icon={<PencilAltIcon />}
            data-edits-row
            aria-label={t('wizard.row.edit', { name })}
            isAriaDisabled={lockedReason !== undefined}
            onClick={onEdit}
          />
        </Explained>
        <Explained reason={lockedReason ?? keptReason}>
          <Button
            variant="plain"
            icon={<MinusCircleIcon />}
            aria-label={t('wizard.row.remove', { name })}
            isAriaDisabled={(lockedReason ?? keptReason) !== undefined}
            onClick={onRemove}
          />
        </Explained>
      </Td>
    </Tr>
  )
}

interface ExplainedProps {
  reason: string | undefined
  children: ReactElement
}

/** What cannot be done stays and says why, on hover and focus. */
function Explained({ reason, children }: ExplainedProps) {
  return reason === undefined ? children : <Tooltip content={reason}>{children}</Tooltip>
}
