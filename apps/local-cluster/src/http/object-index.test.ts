import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { configMap } from '../resources/config-map.ts'
import { ObjectStore } from '../store/object-store.ts'
import { ObjectIndex } from './object-index.ts'

let directory: string
let store: ObjectStore

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-index-'))
  store = new ObjectStore({ directory })
})
afterEach(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

const put = (name: string, color: string, type: 'put' | 'delete' = 'put') =>
  store.write(
    { resource: 'configmaps', namespace: 'n', name },
    {
      type,
      json: () => JSON.stringify({ metadata: { namespace: 'n', name }, data: { color } }),
    },
  )

test('finds objects from before and after it was made, and forgets what is gone', async () => {
  await put('a', 'red')
  const index = new ObjectIndex(store, configMap, (object) => [
    (object as { data?: { color?: string } }).data?.color ?? '',
  ])
  const names = (color: string) => index.find(color).map(({ name }) => name)
  expect(names('red')).toEqual(['a'])
  await put('b', 'red')
  expect(names('red')).toEqual(['a', 'b'])
  await put('a', 'blue')
  expect([names('red'), names('blue')]).toEqual([['b'], ['a']])
  await put('b', 'red', 'delete')
  expect(names('red')).toEqual([])
})
