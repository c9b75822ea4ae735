import { queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo } from 'react'
import { kubernetes } from '../../live/kubernetes.ts'
import type { JSONSchema } from '../yaml-language.ts'
import { isKnown, textSchema, typesIn, type NamedType } from './text-schema.ts'

/** Schemas change when an operator is upgraded; a page that stays open may be that old. */
const FRESH_FOR_MILLISECONDS = 10 * 60_000

/** How soon a kind is known that is added to the cluster while a text names it. */
const LOOK_AGAIN_MILLISECONDS = 5_000

const indexQuery = queryOptions({
  queryKey: ['openapi'],
  queryFn: () => kubernetes.openApiIndex(),
  staleTime: FRESH_FOR_MILLISECONDS,
})

const documentQuery = (path: string) =>
  queryOptions({
    queryKey: ['openapi', path],
    queryFn: () => kubernetes.openApiDocument(path),
    staleTime: FRESH_FOR_MILLISECONDS,
  })

/** `apis/kubevirt.io/v1` → `kubevirt.io/v1`; other paths are no group versions. */
const servedOf = (path: string): string[] => {
  const [, apiVersion] = /^(?:api|apis(?=\/[^/]+\/))\/(.+)$/.exec(path) ?? []
  return apiVersion === undefined ? [] : [apiVersion]
}

/**
 * What the cluster says of the kinds in a text, for completion, help and error marks; undefined
 * until it is there. A cluster that does not say leaves an editor that knows YAML only.
 */
export function useClusterSchema(text: string): JSONSchema | undefined {
  const wanted = JSON.stringify(typesIn(useDeferredValue(text)))
  const types = useMemo(() => JSON.parse(wanted) as NamedType[], [wanted])
  const { data: index = NONE } = useQuery(indexQuery)
  const paths = types.flatMap(({ apiVersion }) => {
    const root = apiVersion.includes('/') ? 'apis' : 'api'
    return index[`${root}/${apiVersion}`] ?? []
  })
  const documents = useQueries({
    queries: [...new Set(paths)].map(documentQuery),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  })
  const isUnknown = (type: NamedType) => type.kind !== '' && !isKnown(type, documents)
  useQuery({
    ...indexQuery,
    // Each document's path has a hash of what it says: only those that changed are read again.
    refetchInterval: index !== NONE && types.some(isUnknown) && LOOK_AGAIN_MILLISECONDS,
  })
  return useMemo(() => {
    const apiVersions = Object.keys(index).flatMap(servedOf)
    return index === NONE ? undefined : textSchema({ types, documents, apiVersions })
  }, [types, index, documents])
}

const NONE: Record<string, string> = {}
