import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Change } from './change.ts'
import { TooOldError } from './resource-log.ts'
import { rangeOf, type StoreKey } from './keys.ts'
import { ObjectStore } from './object-store.ts'

let directory: string
let store: ObjectStore

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-store-'))
  store = new ObjectStore({ directory })
})
afterEach(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

const key = (name: string, namespace = 'a'): StoreKey => ({ resource: 'pods', namespace, name })
const put = (name: string, text = name, namespace = 'a'): Promise<Change> =>
  store.write(key(name, namespace), { type: 'put', json: (version) => `${text}@${version}` })
const remove = (name: string): Promise<Change> =>
  store.write(key(name), { type: 'delete', json: (version) => `gone@${version}` })

test('counts versions over all resources and keeps them over a restart', async () => {
  await put('one')
  await store.write(
    { resource: 'nodes', namespace: '', name: 'n' },
    { type: 'put', json: String },
  )
  await store.close()
  store = new ObjectStore({ directory })
  expect(store.version).toBe(2)
  expect(store.get(key('one'))).toBe('one@1')
  expect((await put('two')).version).toBe(3)
})

test('a later writer sees what an earlier one has on its way to the disk', async () => {
  const first = put('one', 'first')
  expect(store.latest(key('one'))).toBe('first@1')
  expect(store.get(key('one'))).toBeUndefined()
  const second = put('one', 'second')
  await expect(first).resolves.toMatchObject({ type: 'ADDED', previous: undefined })
  await expect(second).resolves.toMatchObject({ type: 'MODIFIED', previous: 'first@1' })
  expect(store.get(key('one'))).toBe('second@2')
})

test('lists in the order of keys, one namespace or all', async () => {
  await Promise.all([put('b'), put('a'), put('c', 'c', 'a-b'), put('d', 'd', 'b')])
  const names = (namespace?: string) =>
    store.range(rangeOf('pods', namespace)).entries.map((entry) => entry.key)
  expect(names()).toEqual(['pods/a-b/c', 'pods/a/a', 'pods/a/b', 'pods/b/d'])
  expect(names('a')).toEqual(['pods/a/a', 'pods/a/b'])
  const page = store.range(rangeOf('pods'), { limit: 3, count: true })
  expect(page).toMatchObject({ version: 4, remaining: 1 })
})

test('tells listeners of committed changes in the order of versions', async () => {
  await put('before')
  const heard: string[] = []
  const stop = store.subscribe('pods', 1, ({ type, name, version }) =>
    heard.push(`${type} ${name} ${version}`),
  )
  await Promise.all([put('x'), put('before'), remove('x')])
  stop()
  await put('after')
  expect(heard).toEqual(['ADDED x 2', 'MODIFIED before 3', 'DELETED x 4'])
  const replayed: number[] = []
  store.subscribe('pods', 2, ({ version }) => replayed.push(version))()
  expect(replayed).toEqual([3, 4, 5])
})

test('forgets old changes and says so', async () => {
  await store.close()
  store = new ObjectStore({ directory, changeLog: { changes: 2 } })
  for (const name of ['a', 'b', 'c']) await put(name)
  expect(() => store.subscribe('pods', 0, () => {})).toThrow(TooOldError)
  expect(() => store.subscribe('pods', 1, () => {})).not.toThrow()
})

test('shows a range as it was', async () => {
  for (const name of ['a', 'b', 'c']) await put(name)
  const version = store.version
  await Promise.all([remove('a'), put('b', 'changed'), put('bb'), put('d'), remove('c')])
  await put('c', 'again')
  const range = rangeOf('pods')
  const before = store.rangeAt({ resource: 'pods', range, version, limit: 10 })
  expect(before.map(({ json }) => json)).toEqual(['a@1', 'b@2', 'c@3'])
  const page = store.rangeAt({ resource: 'pods', range, version, limit: 2 })
  expect(page.map(({ json }) => json)).toEqual(['a@1', 'b@2'])
})

test('keeps little of a busy resource when there is much of all', async () => {
  await store.close()
  store = new ObjectStore({ directory, changeLog: { totalCharacters: 3_000 } })
  const rare = { resource: 'nodes', namespace: '', name: 'n' }
  await store.write(rare, { type: 'put', json: () => 'rare' })
  for (let count = 0; count < 50; count += 1) await put('busy', 'x'.repeat(500))
  expect(store.changesAfter('nodes', 0)).toHaveLength(1)
  expect(() => store.changesAfter('pods', 0)).toThrow(TooOldError)
  // Each counts with the state before it, of which a page of an older list may have need.
  expect(store.changesAfter('pods', store.version - 2)).toHaveLength(2)
  expect(() => store.changesAfter('pods', store.version - 3)).toThrow(TooOldError)
})

test('a snapshot shows one moment over many turns', async () => {
  await Promise.all(['a', 'b', 'c', 'd'].map((name) => put(name)))
  const snapshot = store.snapshot(rangeOf('pods'))
  const texts = snapshot.read(2).map(({ json }) => json)
  await Promise.all([put('c', 'changed'), remove('d'), put('e')])
  await put('f')
  for (let entries = snapshot.read(1); entries.length > 0; entries = snapshot.read(1)) {
    texts.push(...entries.map(({ json }) => json))
    await put('c', 'again')
  }
  expect(texts).toEqual(['a@1', 'b@2', 'c@3', 'd@4'])
  expect(snapshot.version).toBe(4)
  expect(snapshot.read(1)).toEqual([])
  expect(store.range(rangeOf('pods')).entries.map(({ key: text }) => text)).toEqual(
    ['a', 'b', 'c', 'e', 'f'].map((name) => `pods/a/${name}`),
  )
})

test('a snapshot that is cut short does not look complete', async () => {
  await Promise.all(['a', 'b'].map((name) => put(name)))
  const snapshot = store.snapshot(rangeOf('pods'))
  snapshot.read(1)
  await store.close()
  expect(() => snapshot.read(1)).toThrow('closed')
  snapshot.close()
  store = new ObjectStore({ directory })
})

test('a past range is right also while a commit is under way', async () => {
  await Promise.all(['a', 'b', 'c'].map((name) => put(name)))
  const version = store.version
  const range = rangeOf('pods')
  const state = { writing: true }
  const writes = (async () => {
    for (let count = 0; count < 100; count += 1) {
      await Promise.all([put('b', `b${count}`), count % 2 === 0 ? put('bb') : remove('bb')])
    }
    state.writing = false
  })()
  while (state.writing) {
    const entries = store.rangeAt({ resource: 'pods', range, version, limit: 10 })
    expect(entries.map(({ json }) => json)).toEqual(['a@1', 'b@2', 'c@3'])
    await new Promise((resolve) => setImmediate(resolve))
  }
  await writes
})
