import type { LiveQuery, ObjectRow } from '@virtdeck/bff-contract'
import type { UserSession } from '../identity/session.ts'
import type { LiveSources, NamespaceScope } from './live-sources.ts'
import type { PageFrame } from './page-feed.ts'
import {
  PageSubscription,
  type ErrorFrame,
  type PageSubscriptionOptions,
} from './page-subscription.ts'
import { planObjects, planVirtualMachines, resourceOf } from './query-plans.ts'
import type { Row } from './row-table.ts'
import { openVirtualMachineEvents } from './virtual-machine-events.ts'

/** Frames of one query, before they get its id. */
export type QueryFrame =
  | PageFrame<Row>
  | ErrorFrame
  | { type: 'object'; object: Record<string, unknown> | null }

export interface OpenQuery {
  dispose: () => void
}

export interface OpenQueryOptions<Query extends LiveQuery = LiveQuery> {
  session: UserSession
  query: Query
  scope: NamespaceScope
  sources: LiveSources
  ready: () => boolean
  send: (frame: QueryFrame) => void
  onFailed: (error: unknown) => void
}

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
    case 'objects': {
      const { labelSelector, fieldSelector } = query
      const resource = { ...resourceOf(query), namespaced: true }
      const selection = { resource, labelSelector, fieldSelector, scope }
      return openPage({
        ...options,
        ...query,
        source: sources.objects(credentials, selection),
        filter: planObjects(query),
      })
    }
    case 'object':
      return openObject({ ...options, query })
    case 'virtualMachineEvents':
      return openVirtualMachineEvents({ ...options, query })
    default:
      return query satisfies never
  }
}

/** A page of rows; a source that fails for good is not kept for others. */
export function openPage<T extends Row>(options: {
  source: PageSubscriptionOptions<T>['source']
  filter: PageSubscriptionOptions<T>['filter']
  offset: number
  limit: number
  ready: () => boolean
  send: (frame: QueryFrame) => void
  onFailed: (error: unknown) => void
}): PageSubscription<T> {
  const { source, filter, offset, limit, ready, send, onFailed } = options
  return new PageSubscription<T>({
    source,
    filter,
    offset,
    limit,
    sink: { ready, send },
    onFailed: (error) => {
      source.evict()
      onFailed(error)
    },
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
