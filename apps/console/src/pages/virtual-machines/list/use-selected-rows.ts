import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { useCallback, useMemo, useState } from 'react'
import type { RowSelection } from '../../../table/DataTable.tsx'
import { NOTHING_SELECTED, select } from './selected-rows.ts'

interface SelectedRows {
  /** As they were when they were ticked. */
  rows: readonly VirtualMachineRow[]
  /** How many of those ticked last found no room any more. */
  leftOut: number
  selection: RowSelection<VirtualMachineRow>
  clear: () => void
}

const nameOf = ({ name }: VirtualMachineRow) => name

/** What is ticked, on this page and on those that one came from. */
export function useSelectedRows(): SelectedRows {
  const [{ byKey, leftOut }, setSelected] = useState(NOTHING_SELECTED)
  const onSelect = useCallback((rows: readonly VirtualMachineRow[], isSelected: boolean) => {
    setSelected((previous) => select(previous, rows, isSelected))
  }, [])
  const clear = useCallback(() => setSelected(NOTHING_SELECTED), [])
  const rows = useMemo(() => [...byKey.values()], [byKey])
  return {
    rows,
    leftOut,
    clear,
    selection: { isSelected: ({ key }) => byKey.has(key), onSelect, nameOf },
  }
}
