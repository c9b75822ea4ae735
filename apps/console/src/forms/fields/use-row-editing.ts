import { useState, use } from 'react'
import { FormProblems } from './form-problems.ts'

interface Editing<Row> {
  index: number
  /** The row as it was; undefined for one that was added just now. */
  before: Row | undefined
}

/**
 * Editing one row of a list in place. The form holds the changes as they are typed, so nothing
 * is lost by going on or by a reload; reverting puts the old row back.
 */
export function useRowEditing<Row>(options: {
  /** Where the list is in the form. */
  path: string
  rows: readonly Row[]
  onChange: (rows: Row[]) => void
}) {
  const { path, rows, onChange } = options
  const problems = use(FormProblems)
  const [editing, setEditing] = useState<Editing<Row> | undefined>(() => {
    // What the server refused, or a reload interrupted, is open for correction.
    const broken = problems.find((problem) => problem.path.startsWith(`${path}.`))
    if (!broken) return undefined
    const index = Number(broken.path.slice(path.length + 1).split('.')[0])
    return index < rows.length ? { index, before: rows[index] } : undefined
  })
  return {
    index: editing?.index,
    edit: (index: number) => setEditing({ index, before: structuredClone(rows[index]) }),
    add: (row: Row) => {
      onChange([...rows, row])
      setEditing({ index: rows.length, before: undefined })
    },
    remove: (index: number) => {
      onChange(rows.filter((_row, other) => other !== index))
      setEditing(undefined)
    },
    accept: () => setEditing(undefined),
    revert: () => {
      if (!editing) return
      const { index, before } = editing
      onChange(
        before === undefined
          ? rows.filter((_row, other) => other !== index)
          : rows.map((row, other) => (other === index ? before : row)),
      )
      setEditing(undefined)
    },
  }
}
