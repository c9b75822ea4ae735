import { expect, test } from 'vitest'
import { filterQuery } from './saved-filters.ts'

test('F-38 a saved filter is the same whatever the project, the page and the order', () => {
  const names = ['status', 'label']
  const query = new URLSearchParams(
    'namespace=shop&label=b&label=a&search=web&page=3&sort=-name&status=Running',
  )
  expect(filterQuery(query, names)).toBe('label=a&label=b&search=web&status=Running')
  expect(filterQuery(new URLSearchParams('namespace=shop&page=2'), names)).toBe('')
})
