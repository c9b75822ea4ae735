import type { QueryClient } from '@tanstack/react-query'
import { privateRoutes } from '@virtdeck/bff-contract'
import { parseApiVersion, type ResourceRef } from '@virtdeck/kubernetes'
import { toApiError } from '../../live/api-error.ts'
import { request } from '../../live/request.ts'

interface ApiResource {
  name: string
  kind: string
  namespaced: boolean
  verbs: string[]
}

export type Resolved =
  | { resource: ResourceRef }
  | { problem: 'unknownVersion' }
  | { problem: 'unknownKind'; kinds: string[] }

/** The resource that serves a kind, as the cluster's discovery has it. */
export async function resolveKind(
  queryClient: QueryClient,
  { apiVersion, kind }: { apiVersion: string; kind: string },
): Promise<Resolved> {
  const resources = await queryClient.fetchQuery({
    queryKey: ['discovery', apiVersion],
    staleTime: 60_000,
    retry: false,
    queryFn: () => servedBy(apiVersion),
  })
  if (resources === null) return { problem: 'unknownVersion' }
  const creatable = resources.filter(
    ({ name, verbs }) => !name.includes('/') && verbs.includes('create'),
  )
  const found = creatable.find((resource) => resource.kind === kind)
  if (!found) return { problem: 'unknownKind', kinds: creatable.map(({ kind }) => kind) }
  const { name: resource, namespaced } = found
  return { resource: { ...parseApiVersion(apiVersion), resource, kind, namespaced } }
}

/** null if the cluster has no such group or version. */
async function servedBy(apiVersion: string): Promise<ApiResource[] | null> {
  const path = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`
  try {
    const response = await request(privateRoutes.kubernetes + path)
    const { resources } = (await response.json()) as { resources?: ApiResource[] }
    return resources ?? []
  } catch (cause) {
    const error = toApiError(cause)
    if (error.status === 404) return null
    throw error
  }
}
