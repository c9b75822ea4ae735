import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import {
  parseListParameters,
  withListParameters,
  type ListDefaults,
  type ListParameters,
} from './list-parameters.ts'

export interface ListState {
  parameters: ListParameters
  change: (change: Partial<ListParameters>) => void
  /** Whether a search or filter narrows the list. */
  isFiltered: boolean
  clearFilters: () => void
  /** Puts the values of one filter in the place of those that it has. */
  setFilter: (name: string, values: readonly string[]) => void
}

/** The list's parameters in the URL. `defaults` must be a constant. */
export function useListParameters(defaults: ListDefaults): ListState {
  const [query, setQuery] = useSearchParams()
  const parameters = useMemo(() => parseListParameters(query, defaults), [query, defaults])
  const change = useCallback(
    (changed: Partial<ListParameters>) =>
      setQuery((previous) => withListParameters(previous, changed, defaults), {
        // Pages are places to come back to; the letters of a search are not.
        replace: changed.page === undefined,
      }),
    [setQuery, defaults],
  )
  return {
    parameters,
    change,
    isFiltered: parameters.search !== '' || Object.keys(parameters.filters).length > 0,
    setFilter: (name, values) =>
      change({ filters: { ...parameters.filters, [name]: [...values] } }),
    clearFilters: () => change({ search: '', filters: {} }),
  }
}
