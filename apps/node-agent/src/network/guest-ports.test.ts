import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { expect, onTestFinished, test } from 'vitest'
import type { GuestPort } from '../drivers/driver.ts'
import type { GuestInterface, GuestNetwork } from '../guest-spec.ts'
import { openDatagrams } from './datagrams.ts'
import { openGuestPort } from './guest-ports.ts'

const nic = (name: string, network: GuestNetwork): GuestInterface => ({
  name,
  macAddress: '02:00:00:00:00:01',
  model: 'virtio',
  network,
})
const bridge = nic('lab', { kind: 'bridge', attachment: 'default/lab' })

function ownerOf(interfaces: GuestInterface[]) {
  const opened: GuestPort[] = []
  const openPort = (target: GuestPort) => {
    opened.push(target)
    return Promise.resolve(new PassThrough())
  }
  return { owner: { guest: { openPort }, interfaces }, opened }
}

test('ports are reached through the interface on the pod network, wherever it stands', async () => {
  const { owner, opened } = ownerOf([
    bridge,
    nic('default', { kind: 'user', address: '10.0.3.2' }),
  ])
  await openGuestPort(owner, { port: 22, protocol: 'tcp' })
  expect(opened).toEqual([{ nic: 1, port: 22, protocol: 'tcp' }])
})

test('a list of ports closes all others', async () => {
  const ports = [{ port: 80, protocol: 'tcp' } as const]
  const { owner, opened } = ownerOf([
    nic('default', { kind: 'user', address: '10.0.2.2', ports }),
  ])
  await openGuestPort(owner, { port: 80, protocol: 'tcp' })
  const closed = [
    { port: 22, protocol: 'tcp' },
    { port: 80, protocol: 'udp' },
  ] as const
  for (const target of closed) {
    await expect(openGuestPort(owner, target)).rejects.toThrow(/refused/)
  }
  expect(opened).toHaveLength(1)
})

test('a guest without the pod network has no ports', async () => {
  const { owner } = ownerOf([bridge])
  await expect(openGuestPort(owner, { port: 22, protocol: 'tcp' })).rejects.toThrow(
    'the guest is not on the pod network',
  )
})

test('datagrams stay apart in a stream', async () => {
  const echo = createSocket('udp4')
  onTestFinished(() => void echo.close())
  echo.on('message', (message, { port, address }) => echo.send(message, port, address))
  echo.bind(0, '127.0.0.1')
  await once(echo, 'listening')
  const stream = await openDatagrams(echo.address().port)
  const received: string[] = []
  stream.on('data', (chunk: Buffer) => received.push(chunk.toString()))
  stream.write('one')
  stream.write('two')
  await expect.poll(() => received).toEqual(['one', 'two'])
  stream.destroy()
  await once(stream, 'close')
})
