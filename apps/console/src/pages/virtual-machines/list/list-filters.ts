import type { VirtualMachineFacet, VirtualMachinesSelection } from '@virtdeck/bff-contract'
import type { ParseKeys } from 'i18next'
import type { ListDefaults, ListParameters } from '../../../table/list-parameters.ts'
import { virtualMachineColumns } from './virtual-machine-columns.tsx'

interface ListFilter {
  facet: VirtualMachineFacet
  label: ParseKeys
}

/** By their names in the URL. `namespace` is the chosen project there. */
export const LIST_FILTERS: Record<string, ListFilter> = {
  status: { facet: 'status', label: 'table.columns.status' },
  node: { facet: 'node', label: 'table.columns.node' },
  os: { facet: 'operatingSystem', label: 'table.columns.operatingSystem' },
  template: { facet: 'template', label: 'table.columns.template' },
  label: { facet: 'label', label: 'table.columns.labels' },
  project: { facet: 'namespace', label: 'table.columns.namespace' },
  'storage-class': { facet: 'storageClass', label: 'table.columns.storageClass' },
  network: { facet: 'network', label: 'table.columns.network' },
}

export const LIST_DEFAULTS: ListDefaults = {
  sortable: virtualMachineColumns.flatMap(({ id, sortable }) => (sortable ? [id] : [])),
  sort: { column: 'name', direction: 'ascending' },
  filters: Object.keys(LIST_FILTERS),
}

/** What the server is asked for. */
export function selectionOf(
  { search, filters, sort }: ListParameters,
  namespace: string | undefined,
): VirtualMachinesSelection {
  const facets = Object.entries(filters).flatMap(([name, values]) => {
    const filter = LIST_FILTERS[name]
    return filter ? [[filter.facet, values] as const] : []
  })
  return {
    ...(namespace !== undefined && { namespace }),
    ...(search !== '' && { search }),
    ...(facets.length > 0 && { filters: Object.fromEntries(facets) }),
    sort: sort as VirtualMachinesSelection['sort'],
  }
}
