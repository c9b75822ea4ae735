import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query'
import type {
  FacetRow,
  LiveQuery,
  ObjectRow,
  ObjectsQuery,
  VirtualMachineEventsQuery,
  VirtualMachineFacetsQuery,
  VirtualMachineRow,
  VirtualMachinesQuery,
} from '@virtdeck/bff-contract'
import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { useEffect } from 'react'
import type { ApiError } from './api-error.ts'
import { LOADING, type LiveContent } from './live-content.ts'
import { liveKey } from './live-subscriptions.ts'
import { useLive } from './LiveProvider.tsx'

interface LiveRows<Row> {
  rows: readonly Row[]
  total: number
}

/** What a query brings: rows with the total of all matches, or one object. */
type LiveData<Q extends LiveQuery> = Q extends VirtualMachinesQuery
  ? LiveRows<VirtualMachineRow>
  : Q extends VirtualMachineFacetsQuery
    ? LiveRows<FacetRow>
    : Q extends ObjectsQuery | VirtualMachineEventsQuery
      ? LiveRows<ObjectRow>
      : { object: KubernetesObject | null }

export interface LiveResult<Data> {
  /** undefined while loading and after an error that leaves nothing to show. */
  data: Data | undefined
  state: LiveContent['state']
  error: ApiError | undefined
}

/**
 * Reads a live query for as long as the component is mounted. While a changed query (the
 * next page, a new filter) loads, the previous content stays, marked `stale`.
 */
export function useLiveQuery<Q extends LiveQuery>(query: Q): LiveResult<LiveData<Q>> {
  const { subscriptions } = useLive()
  const key = liveKey(query)
  const id = JSON.stringify(query)
  useEffect(() => subscriptions.read(JSON.parse(id) as LiveQuery), [subscriptions, id])
  // Only frames fill this entry; there is nothing to fetch.
  const { data: content = LOADING, isPlaceholderData } = useQuery<LiveContent>({
    queryKey: key,
    queryFn: skipToken,
    staleTime: Infinity,
    placeholderData: (previous, previousQuery) =>
      isSameList(previousQuery?.queryKey[1], query) ? keepPreviousData(previous) : undefined,
  })
  const hasData = content.rows !== undefined || content.object !== undefined
  return {
    data: hasData ? (content as unknown as LiveData<Q>) : undefined,
    state: isPlaceholderData && content.state === 'ready' ? 'stale' : content.state,
    error: content.error,
  }
}

/** One object, live; `data` is null while it does not exist. */
export function useLiveObject<T extends KubernetesObject>(
  resource: ResourceRef,
  target: { namespace?: string | undefined; name: string },
): LiveResult<T | null> {
  const { group, version } = resource
  const { data, ...rest } = useLiveQuery({
    kind: 'object',
    group,
    version,
    resource: resource.resource,
    namespace: target.namespace,
    name: target.name,
  })
  return { ...rest, data: data && (data.object as T | null) }
}

/** The previous rows may stand in only for another page or filter of the same list. */
function isSameList(previous: unknown, query: LiveQuery): boolean {
  const other = previous as LiveQuery | undefined
  if (other?.kind !== query.kind || query.kind === 'object') return false
  return query.kind !== 'objects' || (other as ObjectsQuery).resource === query.resource
}
