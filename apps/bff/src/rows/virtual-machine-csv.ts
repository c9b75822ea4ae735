import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { labelTexts } from './virtual-machine-facets.ts'

/** Files are read by programs, too: their columns have the same names in every language. */
const COLUMNS: Record<string, (row: VirtualMachineRow) => string | number | undefined> = {
  Name: ({ name }) => name,
  Namespace: ({ namespace }) => namespace,
  Status: ({ status }) => status,
  Message: ({ statusMessage }) => statusMessage,
  Node: ({ node }) => node,
  'IP addresses': ({ ipAddresses }) => ipAddresses.join(' '),
  'MAC addresses': ({ macAddresses }) => macAddresses.join(' '),
  'Run strategy': ({ runStrategy }) => runStrategy,
  Template: ({ template }) => template,
  'Operating system': ({ operatingSystem }) => operatingSystem,
  CPUs: ({ cpus }) => cpus,
  'Memory (bytes)': ({ memory }) => memory,
  'Storage classes': ({ storageClasses }) => storageClasses.join(' '),
  Networks: ({ networks }) => networks.join(', '),
  Labels: (row) => labelTexts(row).join(' '),
  Conditions: ({ conditions }) =>
    conditions.map(({ type, status }) => `${type}=${status}`).join(' '),
  Created: ({ created }) => created,
}

/** Spreadsheets take a file without this mark for one in an encoding of their own. */
const BYTE_ORDER_MARK = '\uFEFF'

const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`

/** RFC 4180, line by line. */
export function* virtualMachineCsv(rows: Iterable<VirtualMachineRow>): Generator<string> {
  const columns = Object.values(COLUMNS)
  yield BYTE_ORDER_MARK + line(Object.keys(COLUMNS).map(csvCell))
  for (const row of rows) yield line(columns.map((valueOf) => csvCell(valueOf(row))))
}

/**
 * What begins like a formula would be run by a spreadsheet, and labels or messages may come
 * from somebody else: an apostrophe in front makes it text.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string | number | undefined = ''): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
