import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { EXEC_SUBPROTOCOLS, execPath } from '@virtdeck/bff-contract'
import type { FastifyInstance } from 'fastify'
import { expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { build, signIn, USER_TOKEN, type TestBff } from '../../../testing/build.ts'
import { listen } from '../../../testing/live-client.ts'

const TARGET = {
  namespace: 'default',
  pod: 'virt-launcher-web-abcde',
  container: 'compute',
  command: ['/bin/sh', '-c', 'echo $HOME & true'],
}

interface OpenOptions {
  target?: Partial<typeof TARGET>
  protocols?: readonly string[]
  headers?: Record<string, string>
}

async function open(server: FastifyInstance, options: OpenOptions = {}): Promise<WebSocket> {
  const { target, protocols = EXEC_SUBPROTOCOLS, headers } = options
  const cookie = await signIn(server)
  const address = await listen(server)
  const socket = new WebSocket(
    address.replace('http', 'ws') + execPath({ ...TARGET, ...target }),
    [...protocols],
    { headers: { cookie, origin: address, ...headers } },
  )
  onTestFinished(() => socket.terminate())
  return socket
}

/** A kubelet that answers what is typed in capitals, on the channel of outputs. */
function serveExec({ cluster }: TestBff, protocol: string): IncomingMessage[] {
  const requests: IncomingMessage[] = []
  const server = new WebSocketServer({ noServer: true, handleProtocols: () => protocol })
  cluster.onUpgrade = (request, socket, head) => {
    requests.push(request)
    server.handleUpgrade(request, socket, head, (shell) =>
      shell.on('message', (data) => {
        const text = (data as Buffer).subarray(1).toString().toUpperCase()
        shell.send(Buffer.from(`\u0001${text}`))
      }),
    )
  }
  return requests
}

it.each(EXEC_SUBPROTOCOLS)('F-44 a command runs over %s as the user', async (protocol) => {
  const bff = await build()
  const requests = serveExec(bff, protocol)
  const socket = await open(bff.server)
  await once(socket, 'open')
  expect(socket.protocol).toBe(protocol)
  let text = ''
  socket.on('message', (data) => (text += (data as Buffer).toString()))
  socket.send(Buffer.from('\u0000ls'))
  await vi.waitUntil(() => text === '\u0001LS')

  const { pathname, searchParams } = new URL(requests[0]?.url ?? '', 'http://cluster')
  expect(pathname).toBe(`/api/v1/namespaces/default/pods/${TARGET.pod}/exec`)
  expect(searchParams.getAll('command')).toEqual(TARGET.command)
  expect(Object.fromEntries(searchParams)).toMatchObject({
    container: 'compute',
    stdin: 'true',
    stdout: 'true',
    tty: 'true',
  })
  expect(requests[0]?.headers).toMatchObject({
    authorization: `Bearer ${USER_TOKEN}`,
    'sec-websocket-protocol': EXEC_SUBPROTOCOLS.join(', '),
  })
  expect(requests[0]?.headers['cookie']).toBeUndefined()
})

it('F-44 needs the right to run commands, which is more than to see the pod', async () => {
  const bff = await build()
  const requests = serveExec(bff, EXEC_SUBPROTOCOLS[0])
  bff.cluster.allow = (_user, { verb, subresource }) =>
    !(verb === 'create' && subresource === 'exec')
  const socket = await open(bff.server)
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
  expect(code).toBe(4403)
  expect(String(reason)).toContain('forbidden')
  expect(requests).toEqual([])
})

it('is refused to other Origins', async () => {
  const bff = await build()
  const requests = serveExec(bff, EXEC_SUBPROTOCOLS[0])
  const socket = await open(bff.server, { headers: { origin: 'http://evil.example' } })
  const [error] = (await once(socket, 'error')) as [Error]
  expect(error.message).toContain('403')
  expect(requests).toEqual([])
})

it.each<[string, OpenOptions, number]>([
  ['no session', { headers: { cookie: '' } }, 4401],
  ['a pod that is a path', { target: { pod: '../secrets' } }, 4400],
  ['a container that is a path', { target: { container: '../compute' } }, 4400],
  ['no command', { target: { command: [] } }, 4400],
  ['a command beyond measure', { target: { command: ['x'.repeat(5000)] } }, 4400],
])('is never dialled with %s', async (_name, options, expected) => {
  const bff = await build()
  const requests = serveExec(bff, EXEC_SUBPROTOCOLS[0])
  const socket = await open(bff.server, options)
  const [code] = (await once(socket, 'close')) as [number]
  expect(code).toBe(expected)
  expect(requests).toEqual([])
})
