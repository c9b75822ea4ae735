import { once } from 'node:events'
import { createServer, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { PortForwards } from './port-forwards.ts'
import { dataFrames, FIN, FrameParser } from './spdy-frames.ts'
import { SpdyTestClient } from './spdy-test-client.ts'

const POD = { metadata: { namespace: 'n', name: 'p', uid: 'u' } }
const PATH = '/portForward/n/p'

let server: Server
let forwards: PortForwards
let port: number

beforeEach(async () => {
  forwards = new PortForwards({
    findPod: (key) => (key === 'n/p' ? POD : undefined),
    openPort: (_pod, asked) =>
      asked === 7
        ? Promise.resolve(new PassThrough())
        : Promise.reject(new Error('connection refused')),
  })
  server = createServer().on('upgrade', (request, socket, head) => {
    forwards.accept({ request, socket, head })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ;({ port } = server.address() as AddressInfo)
})
afterEach(() => {
  forwards.close()
  server.close()
})

/** As clients did before there were tunnels; kubectl's own tests have those. */
async function open(): Promise<Socket> {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'SPDY/3.1',
    'X-Stream-Protocol-Version': 'portforward.k8s.io',
  }
  const request = httpRequest({ port, path: PATH, method: 'POST', headers }).end()
  const [, socket] = (await once(request, 'upgrade')) as [object, Socket]
  return socket
}

/** Forwards one connection; tells what each stream carried until its end. */
async function forward(to: number): Promise<Record<string, string>> {
  const transport = await open()
  const client = new SpdyTestClient()
  const headers = { Port: String(to), RequestID: '0' }
  transport.write(await client.synStream(1, { ...headers, StreamType: 'error' }))
  transport.write(dataFrames(1, Buffer.alloc(0), FIN))
  transport.write(await client.synStream(3, { ...headers, StreamType: 'data' }))
  transport.write(dataFrames(3, Buffer.from('hello'), FIN))
  const said: Record<string, string> = { 1: '', 3: '' }
  const ended = new Set<number>()
  const parser = new FrameParser()
  transport.on('data', (chunk: Buffer) => {
    for (const frame of parser.push(chunk)) {
      if (frame.kind !== 'data') continue
      said[frame.stream] += frame.content.toString()
      if (frame.flags & FIN) ended.add(frame.stream)
    }
  })
  await expect.poll(() => ended.size).toBe(2)
  transport.destroy()
  return said
}

test('a connection is carried to a port, and back', async () => {
  expect(await forward(7)).toEqual({ 1: '', 3: 'hello' })
})

test('what goes wrong is told on the stream of errors', async () => {
  expect(await forward(8)).toEqual({
    1: 'error forwarding port 8 to pod p, uid u: connection refused',
    3: '',
  })
})

test.each([
  ['a pod that is not here', '/portForward/n/other', 'portforward.k8s.io', 404],
  ['another protocol', PATH, 'other.k8s.io', 400],
])('%s is refused', async (_what, path, protocol, code) => {
  const headers = {
    Connection: 'Upgrade',
    Upgrade: 'SPDY/3.1',
    'X-Stream-Protocol-Version': protocol,
  }
  const request = httpRequest({ port, path, headers }).end()
  const [response] = (await once(request, 'response')) as [{ statusCode: number }]
  expect(response.statusCode).toBe(code)
})
