import type { TFunction } from 'i18next'
import { useMatches, type Params } from 'react-router'

export interface Crumb {
  label: string
  to: string
}

/** What a route module exports as `handle`. */
export interface RouteHandle {
  /** The page's name in the breadcrumb and in the browser's title. */
  crumb?: (context: { t: TFunction; params: Params }) => Crumb | Crumb[]
  /** The page shows the whole cluster: no project can be chosen there. */
  clusterScoped?: boolean
}

/** The crumbs of the current page, outermost first. */
export function useCrumbs(t: TFunction): Crumb[] {
  return useMatches().flatMap(({ handle, params }) => {
    const crumb = (handle as RouteHandle | undefined)?.crumb
    return crumb ? crumb({ t, params }) : []
  })
}
