import type { ObjectsQuery } from '@virtdeck/bff-contract'
import type { KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { useMemo } from 'react'
import type { ApiError } from '../../live/api-error.ts'
import { useLiveQuery } from '../../live/use-live-query.ts'

/** As many as a live query brings at once; more would not fit a menu anyway. */
const LIMIT = 200

export interface ListedObjects {
  objects: readonly KubernetesObject[]
  names: readonly string[]
  /** Loaded: an object that is not among them does not exist. */
  isComplete: boolean
  isTruncated: boolean
  /** Why there is no list: often no permission. */
  error: ApiError | undefined
}

/** The objects of a resource to choose from, live. */
export function useListedObjects(
  { group, version, resource }: ResourceRef,
  namespace?: string,
  labelSelector?: string,
): ListedObjects {
  const { data, state, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    ...(namespace && { namespace }),
    ...(labelSelector && { labelSelector }),
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: LIMIT,
  })
  return useMemo(() => {
    const objects = (data?.rows ?? []).map(({ object }) => object as KubernetesObject)
    const isTruncated = data !== undefined && data.total > data.rows.length
    return {
      objects,
      names: objects.map(({ metadata }) => metadata?.name ?? ''),
      isComplete: data !== undefined && state === 'ready' && !isTruncated,
      isTruncated,
      error: state === 'error' ? error : undefined,
    }
  }, [data, state, error])
}
