import { createStoredValue } from '../../../table/stored-value.ts'
import { virtualMachineColumns } from './virtual-machine-columns.tsx'

/** The name is the way to the VM: it is always there. */
export const FIXED_COLUMN = 'name'

const shown = createStoredValue<string[]>({
  key: 'virtdeck.columns.virtual-machines',
  isValid: (value): value is string[] =>
    Array.isArray(value) && value.every((id) => typeof id === 'string'),
  // As many as fit a laptop's screen.
  initial: ['namespace', 'status', 'node', 'ipAddress', 'created', 'cpuUse', 'memoryUse'],
})

/** Their figures are asked for only where they are shown. */
const USAGE_COLUMNS = ['cpuUse', 'memoryUse']

export const showsUsage = (ids: readonly string[]): boolean =>
  USAGE_COLUMNS.some((id) => ids.includes(id))

export const setShownColumns = shown.set
export const useShownColumns = shown.use

const known = new Map<string, typeof virtualMachineColumns>()

/** The chosen columns in their usual order; the same array for the same choice. */
export function columnsOf(ids: readonly string[]): typeof virtualMachineColumns {
  const key = ids.join()
  let columns = known.get(key)
  if (columns === undefined) {
    columns = virtualMachineColumns.filter(({ id }) => id === FIXED_COLUMN || ids.includes(id))
    known.set(key, columns)
  }
  return columns
}
