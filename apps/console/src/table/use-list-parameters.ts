import { useCallback, useEffect, useMemo, useRef } from 'react'
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

type Change = Partial<ListParameters> | ((before: ListParameters) => Partial<ListParameters>)

/** The list's parameters in the URL. `defaults` must be a constant. */
export function useListParameters(defaults: ListDefaults): ListState {
  const [query, setQuery] = useSearchParams()
  const parameters = useMemo(() => parseListParameters(query, defaults), [query, defaults])
  // Two changes in quick succession: the second must not start from the page before the first.
  const latest = useRef(query)
  useEffect(() => {
    latest.current = query
  }, [query])
  const change = useCallback(
    (changed: Change) => {
      const before = latest.current
      const wanted =
        typeof changed === 'function' ? changed(parseListParameters(before, defaults)) : changed
      latest.current = withListParameters(before, wanted, defaults)
      // Pages are places to come back to; the letters of a search are not.
      setQuery(latest.current, { replace: wanted.page === undefined })
    },
    [setQuery, defaults],
  )
  return {
    parameters,
    change,
    isFiltered: parameters.search !== '' || Object.keys(parameters.filters).length > 0,
    setFilter: (name, values) =>
      change(({ filters }) => ({ filters: { ...filters, [name]: [...values] } })),
    clearFilters: () => change({ search: '', filters: {} }),
  }
}
