import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Writable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RESOURCES } from '../resources/index.ts'
import { ObjectStore } from '../store/object-store.ts'
import { Watcher } from './watcher.ts'
import { WatchStream } from './watch-stream.ts'

const SELECTION = { name: undefined, matches: undefined }
const definition = RESOURCES.find(({ resource }) => resource === 'configmaps')
const KEPT_CHANGES = 100

let directory: string
let store: ObjectStore

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'virtdeck-watcher-'))
  store = new ObjectStore({ directory, changeLog: { changes: KEPT_CHANGES } })
})
afterEach(async () => {
  await store.close()
  rmSync(directory, { recursive: true, force: true })
})

async function write(count: number, prefix = 'object'): Promise<void> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${1_000 + index}`)
  for (const name of names) {
    const json = (version: number): string =>
      JSON.stringify({
        metadata: { name, resourceVersion: String(version) },
        filler: 'x'.repeat(5_000),
      })
    await store.write({ resource: 'configmaps', namespace: 'a', name }, { type: 'put', json })
  }
}

/** A client that takes the next write when it is told to. */
class Client extends Writable {
  readonly events: { type: string; object: { metadata: Record<string, string> } }[] = []
  #taken: (() => void)[] = []

  override _write(chunk: Buffer, _: string, done: () => void): void {
    const lines = chunk.toString().trimEnd().split('\n')
    this.#taken.push(() => {
      for (const line of lines) this.events.push(JSON.parse(line))
      done()
    })
  }

  get waiting(): boolean {
    return this.#taken.length > 0
  }

  take(): void {
    this.#taken.shift()?.()
  }

  get versions(): number[] {
    return this.events.map(({ object }) => Number(object.metadata['resourceVersion']))
  }
}

function watch(from: { version: number } | { initialEvents: boolean }): {
  client: Client
  watcher: Watcher
} {
  if (definition === undefined) throw new Error('no config maps')
  const client = new Client()
  const watcher = new Watcher({
    store,
    stream: new WatchStream(client as unknown as ServerResponse),
    form: {
      definition,
      version: 'v1',
      representation: { form: 'object', version: 'v1', yaml: false },
      includeObject: 'Metadata',
    },
    selection: SELECTION,
    namespace: '',
  })
  watcher.start(from)
  return { client, watcher }
}

/** Lets the client take all that comes until `done`. */
async function takeUntil(client: Client, done: () => boolean): Promise<void> {
  await expect
    .poll(
      () => {
        client.take()
        return done()
      },
      { interval: 1, timeout: 10_000 },
    )
    .toBe(true)
}

test('a client that takes nothing costs no memory and is cut off when it is too far behind', async () => {
  const { client } = watch({ version: store.version })
  await write(KEPT_CHANGES)
  expect(client.waiting).toBe(true)
  expect(client.destroyed).toBe(false)
  const held = client.writableLength
  expect(held).toBeLessThan(200_000)
  await write(KEPT_CHANGES, 'later')
  expect(client.writableLength).toBe(held)
  expect(client.destroyed).toBe(true)
})

test('a slow client gets every event, in order', async () => {
  await write(1, 'before')
  const { client } = watch({ version: store.version })
  for (let round = 0; round < 4; round += 1) {
    await write(KEPT_CHANGES / 2, `round-${round}`)
    const newest = store.version
    await takeUntil(client, () => client.versions.at(-1) === newest)
  }
  expect(client.versions).toEqual(
    Array.from({ length: KEPT_CHANGES * 2 }, (_, index) => index + 2),
  )
})

test('what is there comes as it was at one moment, what follows after it', async () => {
  await write(250)
  const { client, watcher } = watch({ initialEvents: true })
  await expect.poll(() => client.waiting).toBe(true)
  watcher.bookmark()
  await write(3, 'object')
  await takeUntil(client, () => client.events.length === 250 + 1 + 3)
  expect(client.versions.slice(0, 250)).toEqual(
    Array.from({ length: 250 }, (_, index) => index + 1),
  )
  expect(client.events[250]).toMatchObject({
    type: 'BOOKMARK',
    object: {
      metadata: {
        annotations: { 'k8s.io/initial-events-end': 'true' },
        resourceVersion: '250',
      },
    },
  })
  expect(client.versions.slice(251)).toEqual([251, 252, 253])
})

test('a bookmark never runs ahead of what has been told', async () => {
  const { client, watcher } = watch({ version: store.version })
  await expect.poll(() => client.waiting).toBe(false)
  const written = write(30)
  for (let turn = 0; turn < 50; turn += 1) {
    watcher.bookmark()
    client.take()
    await new Promise((resolve) => setImmediate(resolve))
  }
  await written
  await takeUntil(client, () => client.versions.at(-1) === store.version)
  const { versions } = client
  expect(versions).toEqual(versions.toSorted((a, b) => a - b))
  expect(client.events.filter(({ type }) => type === 'ADDED')).toHaveLength(30)
})

test('changes that are forgotten end the watch with 410', async () => {
  await write(KEPT_CHANGES + 10)
  const { client } = watch({ version: 5 })
  await takeUntil(client, () => client.writableFinished)
  expect(client.events).toEqual([
    { type: 'ERROR', object: expect.objectContaining({ code: 410, reason: 'Expired' }) },
  ])
})
