import type {
  LiveQuery,
  ObjectQuery,
  ObjectRow,
  ObjectsQuery,
  VirtualMachineRow,
  VirtualMachinesQuery,
} from '@virtdeck/bff-contract'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { Compare } from './sorted-list.ts'

type Sort<Column extends string> = { column: Column; direction: 'ascending' | 'descending' }

const textOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** By a column, then by key; rows without a value come last in both directions. */
function byColumn<T extends { key: string }>(
  valueOf: (row: T) => string,
  direction: 'ascending' | 'descending',
): Compare<T> {
  const sign = direction === 'ascending' ? 1 : -1
  return (a, b) => {
    const left = valueOf(a)
    const right = valueOf(b)
    if (left !== right) {
      if (left === '') return 1
      if (right === '') return -1
      return sign * textOrder(left, right)
    }
    return sign * textOrder(a.key, b.key)
  }
}

/** Filter and order of a virtualMachines query, without its page. */
export function planVirtualMachines({
  namespace,
  search,
  statuses,
  sort,
}: Pick<VirtualMachinesQuery, 'namespace' | 'search' | 'statuses' | 'sort'>) {
  const part = search?.trim().toLowerCase() ?? ''
  const wanted = new Set(statuses)
  return {
    key: JSON.stringify([namespace, part, [...wanted].toSorted(), sort.column, sort.direction]),
    matches: (row: VirtualMachineRow) =>
      (namespace === undefined || row.namespace === namespace) &&
      (wanted.size === 0 || wanted.has(row.status)) &&
      (part === '' ||
        row.name.includes(part) ||
        row.ipAddresses.some((address) => address.toLowerCase().includes(part)) ||
        row.macAddresses.some((address) => address.includes(part))),
    compare: compareVirtualMachines(sort),
  }
}

function compareVirtualMachines({
  column,
  direction,
}: Sort<VirtualMachinesQuery['sort']['column']>): Compare<VirtualMachineRow> {
  switch (column) {
    case 'name':
      return byColumn((row) => row.name, direction)
    case 'namespace':
      return byColumn((row) => row.namespace, direction)
    case 'status':
      return byColumn((row) => row.status, direction)
    case 'node':
      return byColumn((row) => row.node ?? '', direction)
    case 'ipAddress':
      return byColumn((row) => sortableAddress(row), direction)
    case 'created':
      return byColumn((row) => row.created, direction)
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

const metadataOf = (row: ObjectRow) => (row.object as KubernetesObject).metadata ?? {}

/** Filter and order of an objects query; its selectors are the API server's business. */
export function planObjects(
  { search, sort }: Pick<ObjectsQuery, 'search' | 'sort'>,
  /** Shows only these, to somebody who may not see all. */
  onlyKeys?: readonly string[],
) {
  const part = search?.trim().toLowerCase() ?? ''
  const allowed = onlyKeys && new Set(onlyKeys)
  return {
    key: JSON.stringify([part, sort.column, sort.direction, onlyKeys]),
    matches: (row: ObjectRow) =>
      (part === '' || (metadataOf(row).name ?? '').toLowerCase().includes(part)) &&
      (!allowed || allowed.has(row.key)),
    compare: compareObjects(sort),
  }
}

function compareObjects({
  column,
  direction,
}: Sort<ObjectsQuery['sort']['column']>): Compare<ObjectRow> {
  switch (column) {
    case 'name':
      return byColumn((row) => metadataOf(row).name ?? '', direction)
    case 'namespace':
      return byColumn((row) => metadataOf(row).namespace ?? '', direction)
    case 'created':
      return byColumn((row) => metadataOf(row).creationTimestamp ?? '', direction)
    default:
      return column satisfies never
  }
}

interface EventLike extends KubernetesObject {
  lastTimestamp?: string
  eventTime?: string
  series?: { lastObservedTime?: string }
}

/** When an event last happened, newest first. */
export const newestEventFirst: Compare<ObjectRow> = byColumn((row) => {
  const event = row.object as EventLike
  const time = event.series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime
  return time || (metadataOf(row).creationTimestamp ?? '')
}, 'descending')

/** Whether a query is about the namespaces themselves. */
export const isNamespaces = (query: LiveQuery): boolean =>
  query.kind === 'objects' && query.group === '' && query.resource === 'namespaces'

/** The resource of a query, as ResourceRef; its kind is not needed for reading. */
export function resourceOf(query: ObjectsQuery | ObjectQuery) {
  const { group, version, resource, namespace } = query
  return { group, version, resource, kind: '', namespaced: namespace !== undefined }
}
