import { readdirSync } from 'node:fs'
import { once } from 'node:events'
import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { SerialBroker } from '../../displays/serial-broker.ts'
import type { GuestDisk } from '../../guest-spec.ts'
import { machineSpecOf } from '../../machine-spec.ts'
import { Terminal } from '../../testing/terminal.ts'
import type { Driver, Guest, GuestEnd, GuestPlace } from '../driver.ts'

/** What differs between drivers when they are tested. */
export interface DriverUnderTest {
  driver: Driver
  /** A place for a guest, with the disks of a system that can be logged in to. */
  prepare: () => Promise<{ place: GuestPlace; disks: GuestDisk[] }>
  /** Lets the guest die as a broken one would. */
  crash: (place: GuestPlace, console: Terminal) => Promise<void>
}

const INSTANCE: VirtualMachineInstance = {
  metadata: { namespace: 'default', name: 'web', uid: '5d307ca9-b3ef-428c-8861-06e72d69f223' },
  spec: {
    domain: {
      memory: { guest: '128Mi' },
      devices: { interfaces: [{ name: 'default', masquerade: {} }] },
    },
    networks: [{ name: 'default', pod: {} }],
  },
}
const VIEWERS = 60
const END_PATIENCE = { timeout: 20_000 }

interface Started {
  guest: Guest
  place: GuestPlace
  console: Terminal
  ends: GuestEnd[]
  changes: () => number
}

/** What every driver's guests do alike. Called within a `describe`. */
export function testDriverContract(setUp: () => Promise<DriverUnderTest>): void {
  let tested: DriverUnderTest
  beforeAll(async () => {
    tested = await setUp()
  })

  async function start(): Promise<Started> {
    const { place, disks } = await tested.prepare()
    const ends: GuestEnd[] = []
    let changes = 0
    const spec = { ...machineSpecOf(INSTANCE, '10.129.0.5'), disks }
    const guest = await tested.driver.start(place, spec, {
      onEnd: (end) => ends.push(end),
      onChange: () => (changes += 1),
    })
    onTestFinished(() => guest.kill())
    const broker = new SerialBroker()
    broker.connect(await guest.openSerial())
    const console = new Terminal(broker.openViewer())
    return { guest, place, console, ends, changes: () => changes }
  }

  test('a guest is used, paused, reset, restarted and switched off', async () => {
    const { guest, console, ends, changes } = await start()
    await console.waitFor(/boot number 1\b/)
    await console.login()
    expect(await console.run('echo it works')).toMatch(/\nit works\n/)

    await guest.pause()
    await expect.poll(() => guest.paused).toBe(true)
    expect(changes()).toBe(1)
    console.clear()
    console.type('echo un""heard\n')
    await guest.resume()
    await expect.poll(() => guest.paused).toBe(false)
    expect(changes()).toBe(2)

    console.clear()
    await guest.reset()
    await console.waitFor(/boot number 2\b/)
    await console.login()
    console.clear()
    await guest.softReboot()
    await console.waitFor(/boot number 3\b/)
    await console.login()
    expect(ends).toEqual([])

    await guest.powerDown()
    await expect.poll(() => ends, END_PATIENCE).toEqual([{ kind: 'shutdown' }])
    await guest.kill()
    expect(ends).toHaveLength(1)
  })

  test('what the guest does by itself: it reboots, and switches itself off', async () => {
    const { console, ends } = await start()
    await console.login()
    console.clear()
    console.type('reboot\n')
    await console.waitFor(/boot number 2\b/)
    await console.login()
    console.type('poweroff\n')
    await expect.poll(() => ends, END_PATIENCE).toEqual([{ kind: 'shutdown' }])
  })

  test('many viewers of its screen come and go without a trace', async () => {
    const { guest } = await start()
    const before = openFiles()
    for (let viewer = 0; viewer < VIEWERS; viewer += 1) {
      const stream = await guest.openVnc()
      const [greeting] = (await once(stream, 'data')) as [Buffer]
      expect(greeting.toString('latin1')).toBe('RFB 003.008\n')
      stream.destroy()
    }
    await expect.poll(openFiles).toBeLessThanOrEqual(before)
    const [first, second] = await Promise.all([guest.openVnc(), guest.openVnc()])
    await Promise.all([once(first, 'data'), once(second, 'data')])
    const picture = await guest.screenshot()
    expect(picture.subarray(1, 4).toString('latin1')).toBe('PNG')
    await guest.kill()
    await expect.poll(() => first.readableEnded || first.destroyed).toBe(true)
  })

  test('figures, and a crash', async () => {
    const { guest, place, console, ends } = await start()
    const stats = await guest.stats()
    expect(stats.memorySizeBytes).toBe(128 * 1024 * 1024)
    expect(stats.runningSeconds).toBeGreaterThan(0)
    expect(stats.cpuSeconds).toBeGreaterThanOrEqual(0)
    await tested.crash(place, console)
    await expect.poll(() => ends, END_PATIENCE).toMatchObject([{ kind: 'crash' }])
    await expect(guest.openVnc()).rejects.toThrow(/ended|ENOENT|ECONNREFUSED/)
  })

  test('a guest is killed before it has started up', async () => {
    const { guest, ends } = await start()
    await guest.kill()
    await expect.poll(() => ends).toHaveLength(1)
  })
}

const openFiles = (): number => readdirSync('/proc/self/fd').length
