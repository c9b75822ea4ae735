import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Guest, GuestEnd, GuestEvents, GuestPlace } from './drivers/driver.ts'
import { SimulatedDriver } from './drivers/simulated/driver.ts'
import { GuestDirectories } from './guest-record.ts'
import type { GuestSpec } from './guest-spec.ts'
import { Guests } from './guests.ts'
import { hardwareOf } from './hardware-spec.ts'

const SPEC: GuestSpec = {
  name: 'web',
  namespace: 'default',
  hostname: 'web',
  uuid: '5d307ca9-b3ef-428c-8861-06e72d69f223',
  cpu: { sockets: 1, cores: 1, threads: 1 },
  memoryBytes: 128 * 1024 * 1024,
  firmware: 'bios',
  hardware: hardwareOf({ devices: {} }),
  graphics: true,
  serialConsole: true,
  disks: [],
  interfaces: [],
}

/** A guest whose start takes until it is let go on. */
class SlowDriver extends SimulatedDriver {
  readonly begun = Promise.withResolvers<void>()
  readonly goOn = Promise.withResolvers<void>()
  readonly ends: GuestEnd[] = []

  override async start(
    place: GuestPlace,
    spec: GuestSpec,
    events: GuestEvents,
  ): Promise<Guest> {
    this.begun.resolve()
    await this.goOn.promise
    return super.start(place, spec, {
      ...events,
      onEnd: (end) => {
        this.ends.push(end)
        events.onEnd(end)
      },
    })
  }
}

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'virtdeck-guests-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

test('a guest that is just being started does not outlive the agent', async () => {
  const driver = new SlowDriver()
  const guests = new Guests({
    driver,
    directories: new GuestDirectories(root),
    network: { plug: () => Promise.resolve() },
    log: { info: () => undefined, error: () => undefined },
  })
  const options = {
    record: {
      uid: 'a-uid',
      namespace: 'default',
      name: 'web',
      driver: 'simulated' as const,
      stoppedByShutdown: false,
    },
    slot: undefined,
    prepare: () => Promise.resolve(SPEC),
  }
  const refusal = guests.start(options).catch((error: Error) => error.message)
  await driver.begun.promise
  const ended = guests.shutDown()
  driver.goOn.resolve()
  await ended
  expect(await refusal).toBe('this node agent is stopping')
  expect(driver.ends).toHaveLength(1)
  expect(guests.list()).toEqual([])
  await expect(guests.start(options)).rejects.toThrow('this node agent is stopping')
})
