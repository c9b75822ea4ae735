import { MAX_SELECTED, type VirtualMachineRow } from '@virtdeck/bff-contract'

export interface Selected {
  byKey: ReadonlyMap<string, VirtualMachineRow>
  /** How many of those ticked last found no room: {@link MAX_SELECTED} are followed at most. */
  leftOut: number
}

export const NOTHING_SELECTED: Selected = { byKey: new Map(), leftOut: 0 }

/** Ticks or unticks rows; what is too much is counted, not ticked. */
export function select(
  { byKey }: Selected,
  rows: readonly VirtualMachineRow[],
  isSelected: boolean,
): Selected {
  const next = new Map(byKey)
  let leftOut = 0
  for (const row of rows) {
    if (!isSelected) next.delete(row.key)
    else if (next.size < MAX_SELECTED || next.has(row.key)) next.set(row.key, row)
    else leftOut += 1
  }
  return { byKey: next, leftOut }
}
