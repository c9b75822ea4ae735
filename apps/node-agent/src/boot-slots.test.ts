import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { BootSlots } from './boot-slots.ts'

async function slotsDirectory() {
  const directory = await mkdtemp(join(tmpdir(), 'boot-slots-'))
  return { directory, [Symbol.asyncDispose]: () => rm(directory, { recursive: true }) }
}

test('two guests boot at a time on the machine, whichever agent asks', async () => {
  await using place = await slotsDirectory()
  const one = new BootSlots({ directory: place.directory })
  const other = new BootSlots({ directory: place.directory })
  const first = await one.tryAcquire('a')
  const second = await other.tryAcquire('b')
  expect(first).toBeDefined()
  expect(second).toBeDefined()
  expect(await one.tryAcquire('c')).toBeUndefined()
  await second?.release()
  expect(await one.tryAcquire('c')).toBeDefined()
})

test('many that ask at once get no more than there are', async () => {
  await using place = await slotsDirectory()
  const agents = Array.from({ length: 4 }, () => new BootSlots({ directory: place.directory }))
  const got = await Promise.all(agents.map((agent, index) => agent.tryAcquire(`g${index}`)))
  expect(got.filter(Boolean)).toHaveLength(2)
})

test('a slot of a process that is gone is taken over', async () => {
  await using place = await slotsDirectory()
  const gone = JSON.stringify({ pid: process.pid, startTime: '1' })
  await writeFile(join(place.directory, 'slot-0'), gone)
  const slots = new BootSlots({ directory: place.directory, count: 1 })
  expect(await slots.tryAcquire('a')).toBeDefined()
  expect(await slots.tryAcquire('b')).toBeUndefined()
})

test('who came first boots first, at whichever agent', async () => {
  await using place = await slotsDirectory()
  const options = { directory: place.directory, count: 1 }
  const [one, other] = [new BootSlots(options), new BootSlots(options)]
  const booting = await one.tryAcquire('booting')
  expect(await other.tryAcquire('first')).toBeUndefined()
  const now = Date.now()
  await expect.poll(() => Date.now()).toBeGreaterThan(now)
  expect(await one.tryAcquire('second')).toBeUndefined()
  await booting?.release()
  expect(await one.tryAcquire('second')).toBeUndefined()
  const first = await other.tryAcquire('first')
  expect(first).toBeDefined()
  await first?.release()
  expect(await one.tryAcquire('second')).toBeDefined()
})

test('nobody waits for a guest that is not wanted any more', async () => {
  await using place = await slotsDirectory()
  const options = { directory: place.directory, count: 1 }
  const slots = new BootSlots(options)
  const booting = await slots.tryAcquire('booting')
  await slots.tryAcquire('forgotten')
  const waiting = join(place.directory, 'waiting')
  const [ticket = ''] = await readdir(waiting)
  await utimes(join(waiting, ticket), 1, 1)
  await booting?.release()
  expect(await slots.tryAcquire('wanted')).toBeDefined()
})
