import { useMatches, useParams, useSearchParams } from 'react-router'
import { createStore } from '../feedback/store.ts'
import type { RouteHandle } from './route-handle.ts'

/** Pages of the whole cluster say nothing about projects; the last choice waits here. */
const lastProject = createStore<string | undefined>(undefined)

export const rememberProject = lastProject.set

/** Whether the page shows the whole cluster, whatever project is chosen. */
export function useIsClusterScoped(): boolean {
  return useMatches().some(({ handle }) => (handle as RouteHandle | undefined)?.clusterScoped)
}

/**
 * The chosen project: an object's own on its pages, `?namespace=` on lists, the last choice on
 * pages of the whole cluster. undefined = all projects.
 */
export function useProject(): string | undefined {
  const { namespace } = useParams()
  const [search] = useSearchParams()
  const last = lastProject.use()
  if (useIsClusterScoped()) return last
  return namespace ?? search.get('namespace') ?? undefined
}
