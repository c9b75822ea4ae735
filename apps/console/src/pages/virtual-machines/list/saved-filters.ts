import { createStoredValue } from '../../../table/stored-value.ts'

interface SavedFilter {
  name: string
  /** Of the list's URL: filters and search, without project, page and order. */
  query: string
}

const isSavedFilter = (value: Partial<SavedFilter> | null): value is SavedFilter =>
  typeof value?.name === 'string' && typeof value.query === 'string'

const saved = createStoredValue<SavedFilter[]>({
  key: 'virtdeck.saved-filters.virtual-machines',
  isValid: (value): value is SavedFilter[] =>
    Array.isArray(value) && value.every(isSavedFilter),
  initial: [],
})

export const useSavedFilters = saved.use

/** Under a name that there is already, the newer one counts. */
export function saveFilter(filter: SavedFilter): void {
  const others = saved.get().filter(({ name }) => name !== filter.name)
  saved.set([...others, filter].toSorted((a, b) => a.name.localeCompare(b.name)))
}

export function forgetFilter(name: string): void {
  saved.set(saved.get().filter((filter) => filter.name !== name))
}

/** The part of a URL's query that a saved filter keeps. */
export function filterQuery(query: URLSearchParams, names: readonly string[]): string {
  const kept = new URLSearchParams()
  for (const name of ['search', ...names].toSorted()) {
    for (const value of query.getAll(name).toSorted()) kept.append(name, value)
  }
  return kept.toString()
}
