import type {
  LiveQuery,
  ObjectQuery,
  ObjectRow,
  ObjectsQuery,
  FacetRow,
  VirtualMachineFacetsQuery,
} from '@virtdeck/bff-contract'
import {
  controllerOf,
  eventOrder,
  type EventLike,
  type KubernetesObject,
} from '@virtdeck/kubernetes'
import { isBaseTemplate, operatingSystemTitle, templateLabels } from '@virtdeck/kubevirt'
import { byColumn, order, type Sort } from './column-order.ts'
import type { Compare } from './sorted-list.ts'

const metadataOf = (row: ObjectRow) => (row.object as KubernetesObject).metadata ?? {}

/** What people call an object: templates have a title beside their name. */
function namesOf(row: ObjectRow): string[] {
  const { name = '', annotations } = metadataOf(row)
  const title = annotations?.['openshift.io/display-name']
  return title === undefined ? [name] : [name, title]
}

/** Filter and order of an objects query; its selectors are the API server's business. */
export function planObjects(
  { search, sort, notControlledBy }: Pick<ObjectsQuery, 'search' | 'sort' | 'notControlledBy'>,
  /** Shows only these, to somebody who may not see all. */
  onlyKeys?: readonly string[],
) {
  const part = search?.trim().toLowerCase() ?? ''
  const allowed = onlyKeys && new Set(onlyKeys)
  return {
    key: JSON.stringify([part, sort.column, sort.direction, onlyKeys, notControlledBy]),
    matches: (row: ObjectRow) =>
      (part === '' || namesOf(row).some((name) => name.toLowerCase().includes(part))) &&
      (notControlledBy === undefined || controllerOf(row.object)?.kind !== notControlledBy) &&
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
    case 'operatingSystem':
      return byColumn(({ object }) => {
        const [id = ''] = templateLabels(object, 'operatingSystem')
        return operatingSystemTitle(object, id).toLowerCase()
      }, direction)
    case 'workload':
    case 'flavor':
      return byColumn(({ object }) => templateLabels(object, column).join(), direction)
    case 'type':
      return byColumn(({ object }) => String(isBaseTemplate(object)), direction)
    default:
      return column satisfies never
  }
}

/** Filter and order of the values of a facet. */
export function planFacets({ search }: Pick<VirtualMachineFacetsQuery, 'search'>) {
  const part = search?.trim().toLowerCase() ?? ''
  return {
    key: part,
    matches: (row: FacetRow) => part === '' || row.key.toLowerCase().includes(part),
    compare: ((a, b) => b.count - a.count || order(a.key, b.key)) as Compare<FacetRow>,
  }
}

/** When an event last happened, newest first. */
export const newestEventFirst: Compare<ObjectRow> = byColumn(
  ({ object }) => eventOrder(object as EventLike),
  'descending',
)

/** Whether a query is about the namespaces themselves. */
export const isNamespaces = (query: LiveQuery): boolean =>
  query.kind === 'objects' && query.group === '' && query.resource === 'namespaces'

/** The resource of a query, as ResourceRef; its kind is not needed for reading. */
export function resourceOf(query: ObjectsQuery | ObjectQuery) {
  const { group, version, resource, namespace } = query
  return { group, version, resource, kind: '', namespaced: namespace !== undefined }
}
