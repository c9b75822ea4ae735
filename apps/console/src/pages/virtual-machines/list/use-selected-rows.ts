import { MAX_SELECTED, type VirtualMachineRow } from '@virtdeck/bff-contract'
import { useCallback, useMemo, useState } from 'react'
import type { RowSelection } from '../../../table/DataTable.tsx'

interface SelectedRows {
  /** As they were when they were ticked. */
  rows: readonly VirtualMachineRow[]
  selection: RowSelection<VirtualMachineRow>
  clear: () => void
}

const nameOf = ({ name }: VirtualMachineRow) => name

/** What is ticked, on this page and on those that one came from. */
export function useSelectedRows(): SelectedRows {
  const [byKey, setByKey] = useState<ReadonlyMap<string, VirtualMachineRow>>(new Map())
  const onSelect = useCallback((rows: readonly VirtualMachineRow[], isSelected: boolean) => {
    setByKey((previous) => {
      const next = new Map(previous)
      for (const row of rows) {
        if (!isSelected) next.delete(row.key)
        else if (next.size < MAX_SELECTED) next.set(row.key, row)
      }
      return next
    })
  }, [])
  const clear = useCallback(() => setByKey(new Map()), [])
  const rows = useMemo(() => [...byKey.values()], [byKey])
  return {
    rows,
    clear,
    selection: { isSelected: ({ key }) => byKey.has(key), onSelect, nameOf },
  }
}
