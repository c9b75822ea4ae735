import type { Duplex } from 'node:stream'
import { expect, test, vi } from 'vitest'
import { hardwareOf } from '../../hardware-spec.ts'
import { connectedPair } from '../../displays/connected-pair.ts'
import type { GuestSpec } from '../../guest-spec.ts'
import type { GuestEnd } from '../driver.ts'
import { SimulatedGuest } from './guest.ts'
import { RfbServer } from './rfb-server.ts'
import { SCREEN_HEIGHT, SCREEN_WIDTH, TextScreen } from './text-screen.ts'

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

function startGuest() {
  const ends: GuestEnd[] = []
  const guest = new SimulatedGuest(SPEC, {
    onEnd: (end) => ends.push(end),
    onChange: () => undefined,
  })
  return { guest, ends }
}

/** Collects what arrives. */
function collect(stream: Duplex) {
  let bytes = Buffer.alloc(0)
  stream.on('data', (chunk: Buffer) => (bytes = Buffer.concat([bytes, chunk])))
  return {
    get bytes() {
      return bytes
    },
    get text() {
      return bytes.toString('latin1')
    },
  }
}

test('the serial shell logs in, runs commands, reboots and powers off', async () => {
  const { guest, ends } = startGuest()
  const serial = await guest.openSerial()
  const seen = collect(serial)
  await vi.waitFor(() =>
    expect(seen.text).toMatch(/SIMULATED[^]*boot number 1[^]*web login: $/),
  )
  serial.write('root\recho hello\r')
  await vi.waitFor(() => expect(seen.text).toMatch(/echo hello\r\nhello\r\nroot@web:~# $/))
  serial.write('reboot\r')
  await vi.waitFor(() => expect(seen.text).toMatch(/boot number 2[^]*web login: $/))
  serial.write('root\rpoweroff\r')
  await vi.waitFor(() => expect(ends).toEqual([{ kind: 'shutdown' }]))
})

test('an RFB viewer gets a picture, and another one after keys', async () => {
  const { guest } = startGuest()
  const vnc = await guest.openVnc()
  const seen = collect(vnc)
  const full = 4 + 25 * 12 + SCREEN_WIDTH * SCREEN_HEIGHT * 4
  const name = 'web (simulated)'
  const handshake = 12 + 2 + 4 + 24 + name.length
  vnc.write('RFB 003.008\n\x01\x01')
  vnc.write(Buffer.from([3, 0, 0, 0, 0, 0, 2, 0xd0, 1, 0x90]))
  await vi.waitFor(() => expect(seen.bytes.length).toBe(handshake + full))
  expect(seen.text.slice(0, 12)).toBe('RFB 003.008\n')
  expect(seen.text.slice(handshake - name.length, handshake)).toBe(name)
  const before = await guest.screenshot()

  vnc.write(Buffer.from([3, 1, 0, 0, 0, 0, 2, 0xd0, 1, 0x90]))
  vnc.write(Buffer.from([4, 1, 0, 0, 0, 0, 0, 0x61, 4, 0, 0, 0, 0, 0, 0, 0x61]))
  const row = 4 + 12 + SCREEN_WIDTH * 16 * 4
  await vi.waitFor(() => expect(seen.bytes.length).toBe(handshake + full + row))
  expect((await guest.screenshot()).equals(before)).toBe(false)
  await guest.kill()
  await vi.waitFor(() => expect(vnc.readableEnded || vnc.destroyed).toBe(true))
})

test('a viewer that goes away is forgotten', async () => {
  const screen = new TextScreen('SIMULATED')
  const viewers = Array.from({ length: 1_000 }, () => {
    const [near, far] = connectedPair()
    RfbServer.serve(near, { screen, name: 'web', onKey: () => undefined })
    return far
  })
  expect(screen.watchers).toBe(1_000)
  for (const viewer of viewers) viewer.destroy()
  await expect.poll(() => screen.watchers).toBe(0)
})

test('thousands are cheap', () => {
  const started = performance.now()
  const guests = Array.from({ length: 5_000 }, () => startGuest())
  expect(guests).toHaveLength(5_000)
  expect(performance.now() - started).toBeLessThan(5_000)
})
