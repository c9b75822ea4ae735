import { expect, test } from 'vitest'
import { parseListParameters, withListParameters } from './list-parameters.ts'

const defaults = {
  sortable: ['name', 'created'],
  sort: { column: 'name', direction: 'ascending' as const },
  filters: ['status', 'node'],
}
const parse = (query: string) => parseListParameters(new URLSearchParams(query), defaults)

test('an empty query is the first page of 20 in the default order', () => {
  expect(parse('')).toEqual({
    search: '',
    filters: {},
    sort: defaults.sort,
    page: 1,
    perPage: 20,
  })
})

test('everything can be given', () => {
  expect(
    parse('search=web&status=Running&status=Paused&sort=-created&page=3&perPage=50'),
  ).toEqual({
    search: 'web',
    filters: { status: ['Running', 'Paused'] },
    sort: { column: 'created', direction: 'descending' },
    page: 3,
    perPage: 50,
  })
})

test.each(['sort=secret', 'page=-1', 'page=1.5', 'page=x', 'perPage=7'])(
  'a mistyped query counts as not given: %s',
  (query) => {
    expect(parse(query)).toEqual(parse(''))
  },
)

test('a change keeps the rest of the query and starts again at the first page', () => {
  const query = new URLSearchParams('namespace=development&page=4&sort=-created')
  const next = withListParameters(query, { search: ' web ' }, defaults)
  expect(next.toString()).toBe('namespace=development&sort=-created&search=web')
})

test('defaults are left out of the URL', () => {
  const query = new URLSearchParams('sort=-created&perPage=50&status=Running&page=2')
  const change = { sort: defaults.sort, perPage: 20, filters: {}, page: 1 }
  expect(withListParameters(query, change, defaults).toString()).toBe('')
})

test('another page keeps everything else', () => {
  const query = new URLSearchParams('search=web')
  expect(withListParameters(query, { page: 2 }, defaults).toString()).toBe('search=web&page=2')
})

test('filters are replaced as a whole, and only those that the list has', () => {
  const query = new URLSearchParams('status=Running&node=a&node=b&namespace=shop&page=2')
  const next = withListParameters(query, { filters: { node: ['c'], status: [] } }, defaults)
  expect(next.toString()).toBe('namespace=shop&node=c')
})
