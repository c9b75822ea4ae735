import { useState, use } from 'react'
import { useReveal } from './focus-field.ts'
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
    const index = indexIn(path, broken.path)
    return index < rows.length ? { index, before: rows[index] } : undefined
  })
  const edit = (index: number) => setEditing({ index, before: structuredClone(rows[index]) })
  useReveal((field) => {
    if (!field.startsWith(`${path}.`)) return
    const index = indexIn(path, field)
    // One that is open keeps what its changes are taken back to.
    if (index < rows.length && index !== editing?.index) edit(index)
  })
  return {
    index: editing?.index,
    edit,
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

/** Which row a field is in: `networking.nics.1.name` is in 1 of `networking.nics`. */
const indexIn = (path: string, field: string): number =>
  Number(field.slice(path.length + 1).split('.')[0])
