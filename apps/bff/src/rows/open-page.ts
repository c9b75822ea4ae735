import type { LiveQuery } from '@virtdeck/bff-contract'
import type { UserSession } from '../identity/session.ts'
import type { LiveSources, NamespaceScope } from './live-sources.ts'
import type { PageFrame } from './page-feed.ts'
import {
  PageSubscription,
  type ErrorFrame,
  type PageSubscriptionOptions,
} from './page-subscription.ts'
import type { Row } from './row-table.ts'

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

/** A page of rows; a source that fails for good is not kept for others. */
export function openPage<T extends Row>(options: {
  source: PageSubscriptionOptions<T>['source']
  filter: PageSubscriptionOptions<T>['filter']
  offset: number
  limit: number
  intervalMs?: number
  ready: () => boolean
  send: (frame: QueryFrame) => void
  onFailed: (error: unknown) => void
}): PageSubscription<T> {
  const { source, filter, offset, limit, intervalMs, ready, send, onFailed } = options
  return new PageSubscription<T>({
    source,
    filter,
    offset,
    limit,
    intervalMs,
    sink: { ready, send },
    onFailed: (error) => {
      source.evict()
      onFailed(error)
    },
  })
}
