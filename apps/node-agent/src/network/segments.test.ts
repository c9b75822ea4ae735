import { duplexPair, type Duplex } from 'node:stream'
import { expect, test } from 'vitest'
import { FrameStream } from './frames.ts'
import { Segments } from './segments.ts'

const BROADCAST = 'ffffffffffff'
const macOf = (index: number): string => `02000000000${index}`

const frame = (to: string, from: string, text: string): Buffer =>
  Buffer.concat([Buffer.from(`${to}${from}0800`, 'hex'), Buffer.from(text)])

/** A guest's network card: what it has received, and how it sends. */
function plug(segments: Segments, options: { segment?: string; onlyFrom?: string } = {}) {
  const { segment = 'br1', onlyFrom } = options
  const [near, far] = duplexPair()
  const received: string[] = []
  const card = new FrameStream(far, (one) => received.push(one.toString('utf8', 14)))
  const plugged = segments.plugGuest({
    segment,
    stream: near,
    ...(onlyFrom !== undefined && { onlyFrom }),
  })
  const send = (to: string, from: string, text: string) => card.send(frame(to, from, text))
  return { ...plugged, received, send }
}

function link(one: Segments, other: Segments): Duplex {
  const [left, right] = duplexPair()
  one.addLink(left)
  other.addLink(right)
  return left
}

test('frames go to everybody until their receiver is known, and stay in their network', async () => {
  const segments = new Segments()
  const [first, second, third] = [plug(segments), plug(segments), plug(segments)]
  const elsewhere = plug(segments, { segment: 'br2' })
  first.send(BROADCAST, macOf(1), 'who is there?')
  await expect.poll(() => third.received).toEqual(['who is there?'])
  second.send(macOf(1), macOf(2), 'me')
  await expect.poll(() => first.received).toEqual(['me'])
  expect(second.received).toEqual(['who is there?'])
  expect(third.received).toEqual(['who is there?'])
  expect(elsewhere.received).toEqual([])
  expect(first.counters).toEqual({
    receivedBytes: 16,
    receivedPackets: 1,
    transmittedBytes: 27,
    transmittedPackets: 1,
    receivedDropped: 0,
  })
})

test('networks span nodes, without loops, and heal when a link comes back', async () => {
  const nodes = [new Segments(), new Segments(), new Segments()] as const
  const broken = link(nodes[0], nodes[1])
  link(nodes[1], nodes[2])
  link(nodes[0], nodes[2])
  const guests = nodes.map((node) => plug(node))
  const [first, second, third] = guests
  first?.send(BROADCAST, macOf(1), 'hello')
  await expect.poll(() => [second?.received, third?.received]).toEqual([['hello'], ['hello']])
  second?.send(macOf(1), macOf(2), 'hello you')
  await expect.poll(() => first?.received).toEqual(['hello you'])
  expect(third?.received).toEqual(['hello'])

  broken.destroy()
  await new Promise((resolve) => setImmediate(resolve))
  first?.send(macOf(2), macOf(1), 'lost')
  link(nodes[0], nodes[1])
  first?.send(macOf(2), macOf(1), 'found')
  await expect.poll(() => second?.received).toContain('found')
  expect(second?.received).not.toContain('lost')
})

test('forged sender addresses are dropped where the network wants that', async () => {
  const segments = new Segments()
  const honest = plug(segments)
  const checked = plug(segments, { onlyFrom: '02:00:00:00:00:02' })
  checked.send(BROADCAST, macOf(3), 'forged')
  checked.send(BROADCAST, macOf(2), 'true')
  await expect.poll(() => honest.received).toEqual(['true'])
})

test('a service answers the guests of its own node only', async () => {
  const nodes = [new Segments(), new Segments()] as const
  link(...nodes)
  const [here, there] = [plug(nodes[0]), plug(nodes[1])]
  const asked: string[] = []
  const service = nodes[0].plugService('br1', (one) => asked.push(one.toString('utf8', 14)))
  there.send(BROADCAST, macOf(2), 'from there')
  here.send(BROADCAST, macOf(1), 'from here')
  await expect.poll(() => there.received).toEqual(['from here'])
  service?.send(frame(BROADCAST, macOf(9), 'served'))
  await expect.poll(() => here.received).toEqual(['from there', 'served'])
  expect(asked).toEqual(['from here'])
  expect(there.received).toEqual(['from here'])
})

test('a network ends with its last guest', async () => {
  const changes: string[][] = []
  const segments: Segments = new Segments({
    onSegments: () => changes.push(segments.names()),
  })
  const guest = plug(segments)
  plug(segments).unplug()
  guest.unplug()
  await expect.poll(() => changes).toEqual([['br1'], []])
  expect(segments.plugService('br1', () => undefined)).toBeUndefined()
})
