import { mkdtemp, rm, writeFile } from 'node:fs/promises'
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
  const first = await one.tryAcquire()
  const second = await other.tryAcquire()
  expect(first).toBeDefined()
  expect(second).toBeDefined()
  expect(await one.tryAcquire()).toBeUndefined()
  await second?.release()
  expect(await one.tryAcquire()).toBeDefined()
})

test('many that ask at once get no more than there are', async () => {
  await using place = await slotsDirectory()
  const agents = Array.from({ length: 4 }, () => new BootSlots({ directory: place.directory }))
  const got = await Promise.all(agents.map((agent) => agent.tryAcquire()))
  expect(got.filter(Boolean)).toHaveLength(2)
})

test('a slot of a process that is gone is taken over', async () => {
  await using place = await slotsDirectory()
  const gone = JSON.stringify({ pid: process.pid, startTime: '1' })
  await writeFile(join(place.directory, 'slot-0'), gone)
  const slots = new BootSlots({ directory: place.directory, count: 1 })
  expect(await slots.tryAcquire()).toBeDefined()
  expect(await slots.tryAcquire()).toBeUndefined()
})
