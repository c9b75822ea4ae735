import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCluster, type TestCluster } from '../../conformance/test-cluster.ts'

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps'
const COUNT = 1_300

let cluster: TestCluster

const write = (index: number, text: string) => {
  const name = `many-${1_000 + index}`
  const labels = { third: index % 3 === 0 ? 'yes' : 'no' }
  return cluster.cluster.store.write(
    { resource: 'configmaps', namespace: 'default', name },
    {
      type: 'put',
      json: (version) =>
        JSON.stringify({
          metadata: { name, namespace: 'default', resourceVersion: String(version), labels },
          data: { text, filler: 'x'.repeat(1_000) },
        }),
    },
  )
}

beforeAll(async () => {
  cluster = await startTestCluster()
  await Promise.all(Array.from({ length: COUNT }, (_, index) => write(index, 'first')))
})
afterAll(() => cluster.close())

interface Item {
  metadata: { name: string; resourceVersion: string }
  data: { text: string }
}

test('a long list that is sent while it is read is the list that pages make', async () => {
  const whole = await cluster.send('GET', CONFIG_MAPS)
  const pages: Item[] = []
  let token = ''
  do {
    const { json } = await cluster.send('GET', `${CONFIG_MAPS}?limit=400&continue=${token}`)
    pages.push(...json.items)
    token = encodeURIComponent(json.metadata.continue ?? '')
  } while (token !== '')
  expect(whole.headers['content-type']).toBe('application/json')
  expect(whole.json).toEqual({
    kind: 'ConfigMapList',
    apiVersion: 'v1',
    metadata: { resourceVersion: String(cluster.cluster.store.version) },
    items: pages,
  })
})

test('selectors choose of it', async () => {
  const some = await cluster.send('GET', `${CONFIG_MAPS}?labelSelector=third%3Dyes`)
  expect(some.json.items).toHaveLength(Math.ceil(COUNT / 3))
  const none = await cluster.send('GET', `${CONFIG_MAPS}?labelSelector=third%3Dmaybe`)
  expect(none.json.items).toEqual([])
})

test('it shows one moment while objects are written', async () => {
  const state = { writing: true }
  const writes = (async () => {
    for (let round = 0; state.writing; round += 1) {
      // All of one round are committed together.
      await Promise.all(
        Array.from({ length: COUNT }, (_, index) => write(index, `round ${round}`)),
      )
    }
  })()
  const lists = []
  for (let count = 0; count < 3; count += 1) {
    lists.push((await cluster.send('GET', CONFIG_MAPS)).json)
  }
  state.writing = false
  await writes
  for (const json of lists) {
    const items: Item[] = json.items.filter(({ metadata }: Item) =>
      metadata.name.startsWith('many-'),
    )
    const newest = Math.max(...items.map(({ metadata }) => Number(metadata.resourceVersion)))
    expect(newest).toBe(Number(json.metadata.resourceVersion))
    expect(new Set(items.map(({ data }) => data.text)).size).toBe(1)
  }
})
