import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { BootServer } from './boot-server.ts'
import {
  ANY,
  BROADCAST,
  BROADCAST_MAC,
  composeDatagram,
  parseDatagram,
  type Address,
} from './packets.ts'

const SERVER = '172.30.0.1'
const KERNEL = Buffer.alloc(400_000, 'kernel ')
let files: string

beforeAll(async () => {
  files = await mkdtemp(join(tmpdir(), 'virtdeck-netboot-'))
  await writeFile(join(files, 'kernel'), KERNEL)
  await writeFile(join(files, 'exact'), Buffer.alloc(1_024, 1))
})
afterAll(() => rm(files, { recursive: true, force: true }))

/** A client's side of the wire. */
function connect() {
  const sent: Buffer[] = []
  const server = new BootServer({
    files,
    bootFile: 'boot.ipxe',
    pool: '172.30.2',
    send: (frame) => sent.push(frame),
  })
  onTestFinished(() => server.close())
  const mac = Buffer.from('020000000001', 'hex')
  return {
    sent,
    mac,
    receive: (frame: Buffer) => server.receive(frame),
    sendDatagram: (to: Address, ports: [number, number], payload: Buffer) =>
      server.receive(
        composeDatagram({
          from: { mac, address: to === BROADCAST ? ANY : '172.30.2.10' },
          fromPort: ports[0],
          to: { mac: BROADCAST_MAC, address: to },
          toPort: ports[1],
          payload,
        }),
      ),
    next: async () => {
      await expect.poll(() => sent.length).toBeGreaterThan(0)
      const datagram = parseDatagram(sent.shift() ?? Buffer.alloc(0))
      if (datagram === undefined) throw new Error('no datagram')
      return datagram
    },
  }
}

function dhcpMessage(type: number, mac: Buffer, options: number[] = []): Buffer {
  const message = Buffer.alloc(240)
  message.set([1, 1, 6, 0, 0xca, 0xfe, 0xba, 0xbe])
  mac.copy(message, 28)
  message.writeUInt32BE(0x63_82_53_63, 236)
  return Buffer.concat([message, Buffer.from([53, 1, type, ...options, 255])])
}

const typeOf = (message: Buffer) => message[242]
const addressOf = (message: Buffer) => [...message.subarray(16, 20)].join('.')

test('DHCP gives an address and says what to boot', async () => {
  const client = connect()
  client.sendDatagram(BROADCAST, [68, 67], dhcpMessage(1, client.mac))
  const offer = await client.next()
  expect(offer).toMatchObject({ from: SERVER, fromPort: 67, to: BROADCAST, toPort: 68 })
  expect(typeOf(offer.payload)).toBe(2)
  expect(addressOf(offer.payload)).toBe('172.30.2.10')
  expect(offer.payload.toString('latin1', 108, 117)).toBe('boot.ipxe')
  expect(offer.payload.subarray(4, 8).toString('hex')).toBe('cafebabe')

  const requested = [50, 4, 172, 30, 2, 10, 54, 4, 172, 30, 0, 1]
  client.sendDatagram(BROADCAST, [68, 67], dhcpMessage(3, client.mac, requested))
  expect(typeOf((await client.next()).payload)).toBe(5)

  const other = Buffer.from('020000000002', 'hex')
  client.sendDatagram(BROADCAST, [68, 67], dhcpMessage(3, other, requested))
  expect(typeOf((await client.next()).payload)).toBe(6)
  // The offer of another server was taken.
  const elsewhere = [54, 4, 10, 0, 0, 1]
  client.sendDatagram(BROADCAST, [68, 67], dhcpMessage(3, other, elsewhere))
  client.sendDatagram(BROADCAST, [68, 67], dhcpMessage(1, other))
  expect(addressOf((await client.next()).payload)).toBe('172.30.2.11')
})

test('ARP finds the server and nobody else', () => {
  const client = connect()
  const ask = (address: number[]) =>
    client.receive(
      Buffer.concat([
        BROADCAST_MAC,
        client.mac,
        Buffer.from('08060001080006040001', 'hex'),
        client.mac,
        Buffer.from([172, 30, 2, 10, 0, 0, 0, 0, 0, 0, ...address]),
      ]),
    )
  ask([172, 30, 0, 2])
  ask([172, 30, 0, 1])
  expect(client.sent).toHaveLength(1)
  const [answer = Buffer.alloc(0)] = client.sent
  expect(answer.subarray(0, 6)).toEqual(client.mac)
  expect(answer.readUInt16BE(20)).toBe(2)
  expect([...answer.subarray(28, 32)]).toEqual([172, 30, 0, 1])
  expect([...answer.subarray(38, 42)]).toEqual([172, 30, 2, 10])
})

/** Reads a file as a client with these options; resolves with the content. */
async function load(client: ReturnType<typeof connect>, name: string, options: string) {
  client.sendDatagram(SERVER, [2_000, 69], Buffer.from(`\0\x01${name}\0octet\0${options}`))
  const blocks: Buffer[] = []
  let blockSize = 512
  for (;;) {
    const { payload, fromPort } = await client.next()
    const operation = payload.readUInt16BE(0)
    if (operation === 5) throw new Error(payload.toString('latin1', 4, payload.length - 1))
    const block = operation === 6 ? 0 : payload.readUInt16BE(2)
    if (operation === 6) blockSize = Number(/blksize\0(\d+)/.exec(payload.toString())?.[1])
    else blocks.push(Buffer.from(payload.subarray(4)))
    const acknowledgement = Buffer.from([0, 4, block >> 8, block & 0xff])
    client.sendDatagram(SERVER, [2_000, fromPort], acknowledgement)
    // A lost answer makes clients repeat themselves: that must change nothing.
    if (block === 1) client.sendDatagram(SERVER, [2_000, fromPort], acknowledgement)
    if (operation === 3 && payload.length - 4 < blockSize) return Buffer.concat(blocks)
  }
}

test.each([
  ['in large blocks', 'kernel', 'blksize\x001432\0tsize\x000\0', KERNEL],
  ['in small blocks', 'kernel', '', KERNEL],
  ['that ends with a block', 'exact', '', Buffer.alloc(1_024, 1)],
])('TFTP serves a file %s', async (_title, name, options, content) => {
  expect((await load(connect(), name, options)).equals(content)).toBe(true)
})

test.each(['missing', '../../../../etc/passwd', '.'])(
  'TFTP does not serve %s',
  async (name) => {
    await expect(load(connect(), name, '')).rejects.toThrow(`${name} cannot be read`)
  },
)
