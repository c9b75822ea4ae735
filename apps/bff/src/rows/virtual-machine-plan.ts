import type {
  VirtualMachineFacet,
  VirtualMachineRow,
  VirtualMachinesQuery,
} from '@virtdeck/bff-contract'
import { byColumn, type Sort } from './column-order.ts'
import type { Compare } from './sorted-list.ts'
import { FACET_VALUES, labelTexts } from './virtual-machine-facets.ts'

type Matches = (row: VirtualMachineRow) => boolean

/** Filter and order of a virtualMachines query, without its page. */
export function planVirtualMachines({
  namespace,
  search,
  filters = {},
  keys,
  sort,
}: Omit<VirtualMachinesQuery, 'kind' | 'offset' | 'limit'>) {
  const part = search?.trim().toLowerCase() ?? ''
  const wanted = (Object.keys(FACET_VALUES) as VirtualMachineFacet[]).flatMap((facet) => {
    const values = new Set(filters[facet])
    return values.size > 0 ? [{ facet, values }] : []
  })
  const only = keys && new Set(keys)
  const tests: Matches[] = [
    ...(only ? [(row: VirtualMachineRow) => only.has(row.key)] : []),
    ...(namespace === undefined
      ? []
      : [(row: VirtualMachineRow) => row.namespace === namespace]),
    ...wanted.map(({ facet, values }) => hasFacet(facet, values)),
    ...(part === '' ? [] : [(row: VirtualMachineRow) => isFound(row, part)]),
  ]
  return {
    key: JSON.stringify([
      namespace,
      part,
      wanted.map(({ facet, values }) => [facet, ...[...values].toSorted()]),
      keys?.toSorted(),
      sort.column,
      sort.direction,
    ]),
    matches: (row: VirtualMachineRow) => tests.every((test) => test(row)),
    compare: compareVirtualMachines(sort),
  }
}

function hasFacet(facet: VirtualMachineFacet, values: ReadonlySet<string>): Matches {
  if (facet === 'label') return (row) => hasLabels(row, values)
  const valuesOf = FACET_VALUES[facet]
  return (row) => valuesOf(row).some((value) => values.has(value))
}

/** As a label selector: all of them. */
function hasLabels(row: VirtualMachineRow, wanted: ReadonlySet<string>): boolean {
  const texts = labelTexts(row)
  for (const text of wanted) {
    if (!(text.includes('=') ? texts.includes(text) : text in row.labels)) return false
  }
  return true
}

const isFound = (row: VirtualMachineRow, part: string): boolean =>
  row.name.includes(part) ||
  row.ipAddresses.some((address) => address.toLowerCase().includes(part)) ||
  row.macAddresses.some((address) => address.includes(part)) ||
  labelTexts(row).some((text) => text.toLowerCase().includes(part))

function compareVirtualMachines({
  column,
  direction,
}: Sort<VirtualMachinesQuery['sort']['column']>): Compare<VirtualMachineRow> {
  switch (column) {
    case 'name':
    case 'namespace':
    case 'status':
    case 'created':
    case 'cpus':
      return byColumn((row) => row[column], direction)
    case 'node':
    case 'template':
    case 'operatingSystem':
    case 'memory':
      return byColumn((row) => row[column] ?? '', direction)
    case 'ipAddress':
      return byColumn((row) => sortableAddress(row), direction)
    default:
      return column satisfies never
  }
}

const sortableAddresses = new WeakMap<VirtualMachineRow, string>()

/** The first address so that 10.0.0.9 comes before 10.0.0.10. */
function sortableAddress(row: VirtualMachineRow): string {
  let text = sortableAddresses.get(row)
  if (text === undefined) {
    text = (row.ipAddresses[0] ?? '').replace(/\d+/g, (digits) => digits.padStart(3, '0'))
    sortableAddresses.set(row, text)
  }
  return text
}
