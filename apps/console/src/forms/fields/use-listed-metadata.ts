import { useQuery } from '@tanstack/react-query'
import { privateRoutes } from '@virtdeck/bff-contract'
import { pathOf, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import { useMemo } from 'react'
import type { ApiError } from '../../live/api-error.ts'
import { request } from '../../live/request.ts'
import type { ListedObjects } from './use-listed-objects.ts'

const LIMIT = 500

/** Answers with names and labels only; plain JSON where a server does not know the form. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1'

interface MetadataList {
  metadata?: { continue?: string }
  items: KubernetesObject[]
}

/** Objects to choose from by name, without their content: what is secret stays in the cluster. */
export function useListedMetadata(resource: ResourceRef, namespace: string): ListedObjects {
  const path = pathOf(resource, { namespace })
  const { data, error } = useQuery<MetadataList, ApiError>({
    queryKey: ['metadata', path],
    enabled: namespace !== '',
    staleTime: 10_000,
    queryFn: async ({ signal }) => {
      const url = `${privateRoutes.kubernetes}${path}?limit=${LIMIT}`
      const response = await request(url, {
        signal,
        accept: `${METADATA_ONLY},application/json`,
      })
      return (await response.json()) as MetadataList
    },
  })
  return useMemo(() => {
    const objects = (data?.items ?? []).map(({ metadata = {} }) => ({ metadata }))
    const isTruncated = Boolean(data?.metadata?.continue)
    return {
      objects,
      names: objects.map(({ metadata }) => metadata.name ?? ''),
      isComplete: data !== undefined && !isTruncated,
      isTruncated,
      error: error ?? undefined,
    }
  }, [data, error])
}
