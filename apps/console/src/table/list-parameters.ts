export type SortDirection = 'ascending' | 'descending'

/** What a list shows, as its URL's query says it: links and reloads keep it. */
export interface ListParameters {
  search: string
  /** Values by filter; one without values is left out. */
  filters: Record<string, string[]>
  sort: { column: string; direction: SortDirection }
  /** From 1. */
  page: number
  perPage: number
}

export interface ListDefaults {
  /** Columns that the server can sort by. */
  sortable: readonly string[]
  sort: ListParameters['sort']
  /** Names of filters, as the URL has them. */
  filters?: readonly string[]
}

export const PER_PAGE_OPTIONS = [20, 50, 100, 200] as const
const DEFAULT_PER_PAGE = 20

const positive = (text: string | null): number | undefined => {
  const value = Number(text)
  return Number.isInteger(value) && value > 0 ? value : undefined
}

/** Reads the query; what is not understood counts as not given. */
export function parseListParameters(
  query: URLSearchParams,
  { sortable, sort, filters = [] }: ListDefaults,
): ListParameters {
  const column = query.get('sort')?.replace(/^-/, '')
  const direction = query.get('sort')?.startsWith('-') ? 'descending' : 'ascending'
  const perPage = positive(query.get('perPage'))
  return {
    search: query.get('search') ?? '',
    filters: Object.fromEntries(
      filters.flatMap((name) => {
        const values = query.getAll(name)
        return values.length > 0 ? [[name, values]] : []
      }),
    ),
    sort: column && sortable.includes(column) ? { column, direction } : sort,
    page: positive(query.get('page')) ?? 1,
    perPage: PER_PAGE_OPTIONS.find((option) => option === perPage) ?? DEFAULT_PER_PAGE,
  }
}

/** The query with a change; anything but another page starts again at the first. */
export function withListParameters(
  query: URLSearchParams,
  change: Partial<ListParameters>,
  { sort, filters = [] }: ListDefaults,
): URLSearchParams {
  const next = new URLSearchParams(query)
  const put = (key: string, value: string, omitted: string) => {
    if (value === omitted) next.delete(key)
    else next.set(key, value)
  }
  const sortText = ({ column, direction }: ListParameters['sort']) =>
    direction === 'descending' ? `-${column}` : column

  if (change.search !== undefined) put('search', change.search.trim(), '')
  if (change.sort !== undefined) put('sort', sortText(change.sort), sortText(sort))
  if (change.perPage !== undefined) {
    put('perPage', String(change.perPage), String(DEFAULT_PER_PAGE))
  }
  if (change.filters !== undefined) {
    for (const name of filters) next.delete(name)
    for (const [name, values] of Object.entries(change.filters)) {
      for (const value of values) next.append(name, value)
    }
  }
  put('page', String(change.page ?? 1), '1')
  return next
}
