import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { startTestCluster, type TestCluster } from './test-cluster.ts'

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps'
const MERGE = 'application/merge-patch+json'

let cluster: TestCluster

async function create(name: string, labels: Record<string, string> = {}): Promise<string> {
  const answer = await cluster.send('POST', CONFIG_MAPS, {
    body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, labels } },
  })
  expect(answer.status).toBe(201)
  return answer.json.metadata.resourceVersion
}

const label = (name: string, labels: Record<string, string | null>) =>
  cluster.send('PATCH', `${CONFIG_MAPS}/${name}`, {
    type: MERGE,
    body: { metadata: { labels } },
  })

beforeAll(async () => {
  cluster = await startTestCluster()
})
afterAll(() => cluster.close())

describe('a watch over a WebSocket', () => {
  const open = (query: string): WebSocket =>
    new WebSocket(
      `${cluster.cluster.url.replace('https', 'wss')}${CONFIG_MAPS}?watch=1${query}`,
      {
        ca: cluster.cluster.caCertificate,
        headers: { authorization: `Bearer ${cluster.cluster.tokenOf('admin')}` },
      },
    )

  test('sends each event as a text, and ends in time', async () => {
    const version = await create('by-socket')
    const socket = open(`&resourceVersion=${version}&timeoutSeconds=2`)
    const events: unknown[] = []
    socket.on('message', (data: Buffer, binary) => {
      events.push(binary ? undefined : JSON.parse(data.toString()))
    })
    await once(socket, 'open')
    await label('by-socket', { a: '1' })
    await label('by-socket', { a: '2' })
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1000)
    expect(events).toMatchObject([
      { type: 'MODIFIED', object: { metadata: { labels: { a: '1' } } } },
      { type: 'MODIFIED', object: { metadata: { labels: { a: '2' } } } },
    ])
  })

  test('is refused before it is one', async () => {
    const socket = open('&resourceVersion=now')
    const [error] = (await once(socket, 'error').catch((reason: unknown) => [reason])) as [
      Error,
    ]
    expect(error.message).toBe('Unexpected server response: 422')
  })
})

describe('watch', () => {
  test('tells of changes after a version, the deletion with its own version', async () => {
    const version = await create('told')
    const watch = await cluster.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${version}`)
    await label('told', { a: 'b' })
    await cluster.send('DELETE', `${CONFIG_MAPS}/told`)
    const modified = await watch.next()
    const deleted = await watch.next()
    watch.stop()
    expect(modified).toMatchObject({
      type: 'MODIFIED',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { name: 'told', labels: { a: 'b' } },
      },
    })
    expect(deleted.type).toBe('DELETED')
    expect(Number(deleted.object.metadata.resourceVersion)).toBeGreaterThan(
      Number(modified.object.metadata.resourceVersion),
    )
  })

  test('from version 0 begins with what is there', async () => {
    await create('there', { only: 'there' })
    const watch = await cluster.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=0&labelSelector=only%3Dthere`,
    )
    expect(await watch.next()).toMatchObject({
      type: 'ADDED',
      object: { metadata: { name: 'there' } },
    })
    watch.stop()
  })

  test('objects enter and leave a selector as ADDED and DELETED', async () => {
    const version = await create('moving')
    const path = `${CONFIG_MAPS}?watch=1&resourceVersion=${version}&labelSelector=in%3Dyes`
    const watch = await cluster.watch(path)
    await label('moving', { in: 'yes' })
    await label('moving', { in: 'yes', more: 'x' })
    const left = await label('moving', { in: null })
    const events = [await watch.next(), await watch.next(), await watch.next()]
    watch.stop()
    expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED'])
    // The object as it last matched, with the version of the change that took it away.
    expect(events[2]?.object.metadata).toMatchObject({
      labels: { in: 'yes' },
      resourceVersion: left.json.metadata.resourceVersion,
    })
  })

  test('ends in time, two seconds after a last bookmark', async () => {
    const version = await create('bookmarked')
    const watch = await cluster.watch(
      `${CONFIG_MAPS}?watch=1&resourceVersion=${version}&timeoutSeconds=3&allowWatchBookmarks=true`,
    )
    const events = await watch.ended
    expect(events.at(-1)).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'ConfigMap',
        apiVersion: 'v1',
        metadata: { resourceVersion: expect.any(String) },
      },
    })
  })

  test('sendInitialEvents marks the end of the initial objects', async () => {
    await create('initial', { only: 'initial' })
    const watch = await cluster.watch(
      `${CONFIG_MAPS}?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=only%3Dinitial`,
    )
    expect((await watch.next()).type).toBe('ADDED')
    expect((await watch.next()).object.metadata.annotations).toEqual({
      'k8s.io/initial-events-end': 'true',
    })
    watch.stop()
  })

  test('a table carries its columns once', async () => {
    const version = await create('tabled')
    const watch = await cluster.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${version}`, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' },
    })
    await label('tabled', { a: '1' })
    await label('tabled', { a: '2' })
    const [first, second] = [await watch.next(), await watch.next()]
    watch.stop()
    expect(first.object.columnDefinitions).toHaveLength(3)
    expect(second.object).toMatchObject({
      kind: 'Table',
      columnDefinitions: null,
      rows: [{ cells: ['tabled', '0', expect.any(String)] }],
    })
  })

  test('from a version before a restart is 410 and ends', async () => {
    const version = await create('before-restart')
    await create('last-before-restart')
    await cluster.restart()
    const watch = await cluster.watch(`${CONFIG_MAPS}?watch=1&resourceVersion=${version}`)
    const events = await watch.ended
    expect(events).toEqual([
      {
        type: 'ERROR',
        object: expect.objectContaining({
          code: 410,
          reason: 'Expired',
          message: expect.stringMatching(/^too old resource version: \d+ \(\d+\)$/),
        }),
      },
    ])
    expect(Number(await create('after-restart'))).toBeGreaterThan(Number(version))
  })
})

describe('pages', () => {
  test('show one state of the collection, whatever is written meanwhile', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await create(`page-${name}`, { paged: 'yes' })
    const all: string[] = []
    let token = ''
    let version: string | undefined
    do {
      const { json } = await cluster.send('GET', `${CONFIG_MAPS}?limit=2&continue=${token}`)
      version ??= json.metadata.resourceVersion
      expect(json.metadata.resourceVersion).toBe(version)
      for (const item of json.items)
        all.push(`${item.metadata.name} ${item.metadata.labels?.paged}`)
      token = encodeURIComponent(json.metadata.continue ?? '')
      if (all.length === 2) {
        await cluster.send('DELETE', `${CONFIG_MAPS}/page-d`)
        await create('page-bb')
        await label('page-e', { paged: 'changed' })
      }
    } while (token !== '')
    const pages = all.filter((text) => text.startsWith('page-'))
    expect(pages).toEqual([
      'page-a yes',
      'page-b yes',
      'page-c yes',
      'page-d yes',
      'page-e yes',
    ])
  })

  test('a token from before a restart is 410 and offers to go on with today', async () => {
    const first = await cluster.send('GET', `${CONFIG_MAPS}?limit=1`)
    await create('zzz-newer')
    await cluster.restart()
    const path = (token: string) =>
      `${CONFIG_MAPS}?limit=500&continue=${encodeURIComponent(token)}`
    const gone = await cluster.send('GET', path(first.json.metadata.continue))
    expect(gone).toMatchObject({ status: 410, json: { reason: 'Expired' } })
    const rest = await cluster.send('GET', path(gone.json.metadata.continue))
    expect(rest.status).toBe(200)
    const names = rest.json.items.map(
      (item: { metadata: { name: string } }) => item.metadata.name,
    )
    expect(names).toContain('zzz-newer')
    expect(names).not.toContain(first.json.items[0].metadata.name)
  })
})
