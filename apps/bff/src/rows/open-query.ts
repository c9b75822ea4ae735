import type { LiveQuery, ObjectRow } from '@virtdeck/bff-contract'
import { openPage, type OpenQuery, type OpenQueryOptions } from './open-page.ts'
import { isNamespaces, planFacets, planObjects, resourceOf } from './query-plans.ts'
import { openVirtualMachineEvents } from './virtual-machine-events.ts'
import { planVirtualMachines } from './virtual-machine-plan.ts'

/** Every change of any row changes a count; nobody reads them faster than this. */
const COUNT_INTERVAL_MS = 1_000

/** Opens a query whose user may see it. */
export function openQuery(options: OpenQueryOptions): OpenQuery {
  const { query, session, scope, sources } = options
  const { credentials } = session
  switch (query.kind) {
    case 'virtualMachines':
      return openPage({
        ...options,
        ...query,
        source: sources.virtualMachines(credentials, scope),
        filter: planVirtualMachines(query),
      })
    case 'virtualMachineFacets':
      return openPage({
        ...options,
        ...query,
        source: sources.virtualMachineFacet(credentials, { ...query, scope }),
        filter: planFacets(query),
        intervalMs: COUNT_INTERVAL_MS,
      })
    case 'objects':
      return openObjects({ ...options, query })
    case 'object':
      return openObject({ ...options, query })
    case 'virtualMachineEvents':
      return openVirtualMachineEvents({ ...options, query })
    default:
      return query satisfies never
  }
}

function openObjects(options: OpenQueryOptions<Extract<LiveQuery, { kind: 'objects' }>>) {
  const { query, session, scope, sources } = options
  const { labelSelector, fieldSelector } = query
  const resource = { ...resourceOf(query), namespaced: true }
  const selection = { resource, labelSelector, fieldSelector }
  if (isNamespaces(query) && Array.isArray(scope)) {
    // Those that the user may get, out of all that the BFF's own account sees.
    return openPage({
      ...options,
      ...query,
      source: sources.objects({ kind: 'own' }, { ...selection, scope: undefined }),
      filter: planObjects(query, scope as readonly string[]),
    })
  }
  return openPage({
    ...options,
    ...query,
    source: sources.objects(session.credentials, { ...selection, scope }),
    filter: planObjects(query),
  })
}

/** One object: a page of the one object with that name. */
function openObject(options: OpenQueryOptions<Extract<LiveQuery, { kind: 'object' }>>) {
  const { query, session, sources, send } = options
  const selection = {
    resource: resourceOf(query),
    fieldSelector: `metadata.name=${query.name}`,
    scope: query.namespace,
  }
  const source = sources.objects(session.credentials, selection)
  return openPage<ObjectRow>({
    ...options,
    source,
    filter: planObjects({ sort: { column: 'name', direction: 'ascending' } }),
    offset: 0,
    limit: 1,
    send: (frame) => {
      if (frame.type === 'error') return send(frame)
      const [row] = source.value.table.rows()
      send({ type: 'object', object: row?.object ?? null })
    },
  })
}
