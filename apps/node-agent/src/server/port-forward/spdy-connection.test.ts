import { once } from 'node:events'
import { duplexPair, type Duplex } from 'node:stream'
import { createInflate, deflateSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts'
import {
  controlFrame,
  dataFrames,
  FIN,
  FrameParser,
  TYPES,
  withStreamId,
} from './spdy-frames.ts'
import { DICTIONARY, EmptyHeaderWriter } from './spdy-headers.ts'
import { SpdyTestClient, uint32 } from './spdy-test-client.ts'

let client: Duplex
let server: Duplex
beforeEach(() => {
  ;[client, server] = duplexPair()
})
afterEach(() => client.destroy())

test('the dictionary is the one of the specification', () => {
  const start = deflateSync('', { dictionary: DICTIONARY }).subarray(0, 6)
  expect(start.toString('hex')).toBe('78bbe3c6a7c2')
})

test('replies without headers can be read by anybody', async () => {
  const writer = new EmptyHeaderWriter()
  const inflate = createInflate({ dictionary: DICTIONARY })
  for (const block of [writer.next(), writer.next()]) {
    await new Promise<void>((resolve) => inflate.write(block, () => resolve()))
    expect(inflate.read()).toEqual(Buffer.alloc(4))
  }
})

test('streams carry data both ways, each to its own end', async () => {
  const streams: SpdyStream[] = []
  const run = new SpdyConnection(server, (stream) => streams.push(stream)).run()
  const frames: object[] = []
  const parser = new FrameParser()
  client.on('data', (chunk: Buffer) => {
    for (const { kind, flags, content, ...rest } of parser.push(chunk)) {
      const short =
        kind === 'data' ? content.toString() : content.subarray(0, 4).toString('hex')
      frames.push({ kind, flags, content: short, ...rest })
    }
  })

  const peer = new SpdyTestClient()
  const bytes = Buffer.concat([
    await peer.synStream(1, { StreamType: 'error', Port: '80', RequestID: '0' }),
    await peer.synStream(3, { StreamType: 'data', Port: '80', RequestID: '0' }),
    dataFrames(3, Buffer.from('hello')),
    controlFrame(TYPES.ping, uint32(7)),
    dataFrames(3, Buffer.alloc(0), FIN),
  ])
  // However the bytes are cut.
  for (const cut of [bytes.subarray(0, 5), bytes.subarray(5, 40), bytes.subarray(40)]) {
    client.write(cut)
  }
  await expect.poll(() => streams.length).toBe(2)
  const [error, data] = streams as [SpdyStream, SpdyStream]
  expect(Object.fromEntries(data.headers)).toEqual({
    streamtype: 'data',
    port: '80',
    requestid: '0',
  })
  const heard: Buffer[] = []
  data.on('data', (chunk: Buffer) => heard.push(chunk))
  await once(data, 'end')
  expect(Buffer.concat(heard).toString()).toBe('hello')
  data.end('world')
  await once(data, 'finish')
  error.end()
  await expect
    .poll(() => frames)
    .toEqual([
      { kind: 'control', type: TYPES.synReply, flags: 0, content: '00000001' },
      { kind: 'control', type: TYPES.synReply, flags: 0, content: '00000003' },
      { kind: 'control', type: TYPES.ping, flags: 0, content: '00000007' },
      { kind: 'data', stream: 3, flags: 0, content: 'world' },
      { kind: 'data', stream: 3, flags: FIN, content: '' },
      { kind: 'data', stream: 1, flags: FIN, content: '' },
    ])

  client.write(controlFrame(TYPES.rstStream, withStreamId(1, uint32(5))))
  await expect.poll(() => error.destroyed).toBe(true)
  client.end()
  await run
})
