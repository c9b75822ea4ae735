import type { QueryClient } from '@tanstack/react-query'
import {
  apiVersionOf,
  parseApiVersion,
  RESOURCES,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import { kubernetes, type ServedResource } from '../../live/kubernetes.ts'

export type Resolved =
  | { resource: ResourceRef }
  | { problem: 'unknownVersion' | 'unknownKind'; suggestion: string | undefined }

interface Wanted {
  apiVersion: string
  kind: string
}

/** The cluster's kinds change seldom; one that is missing is looked for again at once. */
const FRESH_FOR_MS = 5 * 60_000

/** The resource that serves a kind, as the cluster's discovery has it. */
export async function resolveKind(
  queryClient: QueryClient,
  { apiVersion, kind }: Wanted,
): Promise<Resolved> {
  const discover = (staleTime: number) =>
    queryClient.fetchQuery({
      queryKey: ['discovery', apiVersion],
      staleTime,
      retry: false,
      queryFn: () => kubernetes.resourcesOf(apiVersion),
    })
  const known = await discover(FRESH_FOR_MS)
  const found = servingKind(known, kind) ?? servingKind(await discover(RECENTLY_MS), kind)
  if (found) {
    const { name: resource, namespaced } = found
    return { resource: { ...parseApiVersion(apiVersion), resource, kind, namespaced } }
  }
  return {
    problem: known === null ? 'unknownVersion' : 'unknownKind',
    suggestion: suggestionFor({ apiVersion, kind }, known ?? []),
  }
}

/** Several documents of one attempt ask once. */
const RECENTLY_MS = 2000

const isCreatable = ({ name, verbs }: ServedResource): boolean =>
  !name.includes('/') && verbs.includes('create')

/**
 * What keeps objects of a kind comes before what only answers to one: `processedtemplates` is of
 * the kind Template too, and what is created there is nowhere.
 */
export function servingKind(
  served: readonly ServedResource[] | null,
  kind: string,
): ServedResource | undefined {
  const creatable = served?.filter(
    (resource) => isCreatable(resource) && resource.kind === kind,
  )
  return creatable?.find(({ verbs }) => verbs.includes('get')) ?? creatable?.[0]
}

/** What was probably meant: the kind in other letters, or in its own group. */
export function suggestionFor(
  { apiVersion, kind }: Wanted,
  served: readonly ServedResource[],
): string | undefined {
  const isAlike = (other: { kind: string }): boolean =>
    other.kind.toLowerCase() === kind.toLowerCase()
  const sibling = served.filter(isCreatable).find(isAlike)
  if (sibling) return `${apiVersion} ${sibling.kind}`
  const elsewhere = Object.values(RESOURCES).find(isAlike)
  return elsewhere && `${apiVersionOf(elsewhere)} ${elsewhere.kind}`
}
