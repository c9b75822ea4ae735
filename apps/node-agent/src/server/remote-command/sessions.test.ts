import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { RemoteCommandSessions } from './sessions.ts'

const POD: Pod = {
  metadata: { namespace: 'n', name: 'p', uid: 'u' },
  spec: { containers: [{ name: 'c', env: [{ name: 'COLOUR', value: 'red' }] }] },
  status: {
    containerStatuses: [
      {
        name: 'c',
        image: '',
        imageID: '',
        ready: true,
        restartCount: 0,
        state: { running: {} },
      },
    ],
  },
}

let server: Server
let sessions: RemoteCommandSessions
let directory: string

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'exec-'))
  sessions = new RemoteCommandSessions({
    findPod: (key) => (key === 'n/p' ? POD : undefined),
    openDirectory: () => Promise.resolve(directory),
  })
  server = createServer().on('upgrade', (request, socket, head) => {
    sessions.accept({ request, socket, head })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  sessions.close()
  server.close()
  await rm(directory, { recursive: true })
})

function dial(
  protocol: string,
  { line = 'true', container = 'c', flags = 'output=1&error=1' },
) {
  const { port } = server.address() as AddressInfo
  const command = ['sh', '-c', line].map((word) => `command=${encodeURIComponent(word)}`)
  const query = [flags, ...command].join('&')
  return new WebSocket(`ws://127.0.0.1:${port}/exec/n/p/${container}?${query}`, protocol)
}

/** What came on each channel until the end. */
async function channelsOf(socket: WebSocket): Promise<Record<string, string>> {
  const heard: Record<string, string> = {}
  const base64 = () => socket.protocol.includes('base64')
  socket.on('message', (data: Buffer) => {
    const channel = base64() ? data.toString()[0] : String(data[0])
    const rest = data.subarray(1)
    const text = base64() ? Buffer.from(rest.toString(), 'base64').toString() : rest.toString()
    heard[channel ?? ''] = (heard[channel ?? ''] ?? '') + text
  })
  await once(socket, 'close')
  return heard
}

test.each(['v5.channel.k8s.io', 'v4.channel.k8s.io', 'v4.base64.channel.k8s.io'])(
  '%s carries output, errors and how it ended',
  async (protocol) => {
    const heard = await channelsOf(
      dial(protocol, { line: 'echo $COLOUR; echo no >&2; exit 7' }),
    )
    expect(heard).toMatchObject({ 1: 'red\n', 2: 'no\n' })
    expect(JSON.parse(heard[3] ?? '')).toMatchObject({
      status: 'Failure',
      reason: 'NonZeroExitCode',
      message:
        'command terminated with non-zero exit code: error executing command [sh -c echo $COLOUR; echo no >&2; exit 7], exit code 7',
      details: { causes: [{ reason: 'ExitCode', message: '7' }] },
    })
  },
)

test('the end of the input is said in v5', async () => {
  const socket = dial('v5.channel.k8s.io', { line: 'cat', flags: 'input=1&output=1' })
  const heard = channelsOf(socket)
  await once(socket, 'open')
  socket.send(Buffer.concat([Buffer.of(0), Buffer.from('typed')]))
  socket.send(Buffer.of(255, 0))
  expect(await heard).toMatchObject({ 1: 'typed' })
  expect(JSON.parse((await heard)[3] ?? '')).toMatchObject({ status: 'Success' })
})

test('a terminal has a size, and errors come among its output', async () => {
  const line = 'read x; stty size; echo oops >&2'
  const flags = 'input=1&output=1&error=1&tty=1'
  const socket = dial('v4.channel.k8s.io', { line, flags })
  const heard = channelsOf(socket)
  await once(socket, 'message')
  socket.send(Buffer.concat([Buffer.of(4), Buffer.from('{"Width":111,"Height":22}')]))
  socket.send(Buffer.concat([Buffer.of(0), Buffer.from('\r')]))
  expect((await heard)[1]).toContain('22 111\r\noops\r\n')
  expect(await heard).not.toHaveProperty('2')
})

test('what is left in the background does not hold the session', async () => {
  const heard = await channelsOf(dial('v5.channel.k8s.io', { line: 'sleep 60 & echo done' }))
  expect(heard[1]).toBe('done\n')
})

test.each([
  [
    'a container that does not run',
    { container: 'other' },
    'v5.channel.k8s.io',
    'unable to upgrade connection: container not found ("other")',
  ],
  [
    'no stream at all',
    { flags: '' },
    'v5.channel.k8s.io',
    'at least 1 of stdin, stdout, stderr',
  ],
  ['an old protocol', {}, 'channel.k8s.io', 'the client wants websocket [channel.k8s.io]'],
])('%s is refused before the upgrade', async (_what, options, protocol, words) => {
  const socket = dial(protocol, options)
  socket.on('error', () => undefined)
  const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage]
  expect(response.statusCode).toBe(400)
  const status = (await json(response)) as { message: string }
  expect(status).toMatchObject({ kind: 'Status', reason: 'BadRequest' })
  expect(status.message).toContain(words)
})
