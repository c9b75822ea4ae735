import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { consolePath } from '@virtdeck/bff-contract'
import { statusErrors } from '@virtdeck/kubernetes'
import type { FastifyInstance } from 'fastify'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { build, signIn, USER_TOKEN, type TestBff } from '../../../testing/build.ts'
import { listen } from '../../../testing/live-client.ts'
import { openedConsoles } from '../../../testing/opened-consoles.ts'

const serial = { namespace: 'default', name: 'web', console: 'serial' } as const
const SERIAL_PATH =
  '/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachineinstances/web/console'

async function open(
  server: FastifyInstance,
  target: Parameters<typeof consolePath>[0] = serial,
  headers: Record<string, string> = {},
): Promise<WebSocket> {
  const cookie = await signIn(server)
  const address = server.server.listening
    ? `http://127.0.0.1:${(server.server.address() as { port: number }).port}`
    : await listen(server)
  const socket = new WebSocket(
    address.replace('http', 'ws') + consolePath(target),
    ['plain.kubevirt.io'],
    // Browsers offer compression; nobody between us and the guest may take it.
    { headers: { cookie, origin: address, ...headers }, perMessageDeflate: true },
  )
  onTestFinished(() => socket.terminate())
  return socket
}

/** The cluster's side of a console: echoes in capitals. */
function serveConsole({ cluster }: TestBff): IncomingMessage[] {
  const requests: IncomingMessage[] = []
  const guests = new WebSocketServer({ noServer: true })
  cluster.onUpgrade = (request, socket, head) => {
    requests.push(request)
    guests.handleUpgrade(request, socket, head, (guest) => {
      guest.send(Buffer.from('login: '))
      guest.on('message', (data) =>
        guest.send(Buffer.from((data as Buffer).toString('utf8').toUpperCase())),
      )
    })
  }
  return requests
}

function collect(socket: WebSocket): () => string {
  let text = ''
  socket.on(
    'message',
    (data, isBinary) => (text += isBinary ? (data as Buffer).toString('utf8') : '(text)'),
  )
  return () => text
}

const digest = (value: string) => createHash('sha256').update(value).digest('hex')

const closing = async (socket: WebSocket) => {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
  return { code, reason: String(reason) }
}

describe('an open console', () => {
  it('carries bytes both ways with the credentials of the user', async () => {
    const bff = await build()
    const requests = serveConsole(bff)
    const socket = await open(bff.server)
    const text = collect(socket)
    await once(socket, 'open')
    expect(socket.protocol).toBe('plain.kubevirt.io')
    socket.send(Buffer.from('root\n'))
    await vi.waitUntil(() => text() === 'login: ROOT\n')
    expect(requests[0]?.url).toBe(SERIAL_PATH)
    expect(requests[0]?.headers).toMatchObject({ authorization: `Bearer ${USER_TOKEN}` })
    expect(requests[0]?.headers['cookie']).toBeUndefined()
    expect(requests[0]?.headers['sec-websocket-extensions']).toBeUndefined()
  })

  it('carries a lot, unharmed', async () => {
    const bff = await build()
    serveConsole(bff)
    const socket = await open(bff.server)
    await once(socket, 'open')
    const text = collect(socket)
    const sent = 'a'.repeat(1_000_003)
    for (let part = 0; part < 5; part += 1) socket.send(Buffer.from(sent))
    await vi.waitUntil(() => text().length >= 5 * sent.length, { timeout: 10_000 })
    expect(digest(text().slice(-5 * sent.length))).toBe(digest(sent.repeat(5).toUpperCase()))
  })

  it('asks for VNC without ending the session of somebody else', async () => {
    const bff = await build()
    const requests = serveConsole(bff)
    const socket = await open(bff.server, {
      ...serial,
      console: 'vnc',
      preserveSession: true,
    })
    await once(socket, 'open')
    expect(requests[0]?.url).toBe(
      `${SERIAL_PATH.replace(/console$/, 'vnc')}?preserveSession=true`,
    )
  })

  it('closes when the guest goes, and lets go of the guest when the browser does', async () => {
    const bff = await build()
    let guest: WebSocket | undefined
    const guests = new WebSocketServer({ noServer: true })
    bff.cluster.onUpgrade = (request, socket, head) =>
      guests.handleUpgrade(request, socket, head, (opened) => (guest = opened))
    const first = await open(bff.server)
    await once(first, 'open')
    guest?.terminate()
    expect(await closing(first)).toMatchObject({ code: 1006 })

    const second = await open(bff.server)
    await once(second, 'open')
    const gone = once(guest as WebSocket, 'close')
    second.terminate()
    await gone
  })

  it.each<[string, (bff: TestBff) => void]>([
    ['the permission', ({ cluster }) => (cluster.allow = () => false)],
    ['the token', ({ cluster }) => cluster.tokens.clear()],
  ])('ends within a minute after %s', async (_what, revoke) => {
    const bff = await build()
    serveConsole(bff)
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'], now: Date.now() })
    try {
      const socket = await open(bff.server)
      await once(socket, 'open')
      revoke(bff)
      const closed = closing(socket)
      await vi.advanceTimersByTimeAsync(60_000)
      expect(await closed).toMatchObject({ code: 1006 })
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('who opened a console', () => {
  it('is told by the audit trail', async () => {
    const bff = await build()
    serveConsole(bff)
    await once(await open(bff.server), 'open')
    await once(await open(bff.server, { ...serial, console: 'vnc' }), 'open')
    await vi.waitFor(async () =>
      expect(await openedConsoles(bff, serial)).toMatchObject([
        { user: 'jane', console: 'serial' },
        { user: 'jane', console: 'vnc' },
      ]),
    )
  })

  it('is nobody who was refused', async () => {
    const bff = await build()
    bff.cluster.allow = (_user, { subresource }) => subresource !== 'console'
    await closing(await open(bff.server))
    expect(await openedConsoles(bff, serial)).toEqual([])
  })
})

describe('a refusal opens and closes with the reason', () => {
  it('that the cluster gives', async () => {
    const bff = await build()
    const { status } = statusErrors.badRequest('VMI is not running')
    bff.cluster.onUpgrade = (_request, socket) => {
      const body = JSON.stringify(status)
      socket.end(`HTTP/1.1 400 Bad Request\r\ncontent-length: ${body.length}\r\n\r\n${body}`)
    }
    expect(await closing(await open(bff.server))).toEqual({
      code: 4400,
      reason: 'VMI is not running',
    })
  })

  it('in plain text, cut to what fits into a close frame', async () => {
    const bff = await build()
    const body = `Active VNC connection. Request denied. ${'日本語'.repeat(40)}`
    bff.cluster.onUpgrade = (_request, socket) =>
      socket.end(
        `HTTP/1.1 500 Oops\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      )
    const { code, reason } = await closing(await open(bff.server))
    expect(code).toBe(4500)
    expect(reason).toMatch(/^Active VNC connection\. Request denied\. [日本語]+…$/)
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123)
  })

  it('no permission', async () => {
    const bff = await build()
    const requests = serveConsole(bff)
    bff.cluster.allow = (_user, { subresource }) => subresource !== 'console'
    const { code, reason } = await closing(await open(bff.server))
    expect(code).toBe(4403)
    expect(reason).toContain(
      'virtualmachineinstances.subresources.kubevirt.io "web" is forbidden',
    )
    expect(requests).toEqual([])
  })

  it('too many of one user, until one is closed', async () => {
    const bff = await build({ consoles: { perUser: 1, total: 10, idleMinutes: 0 } })
    serveConsole(bff)
    const first = await open(bff.server)
    await once(first, 'open')
    expect(await closing(await open(bff.server))).toEqual({
      code: 4429,
      reason: 'You have as many consoles open as you may: 1. Close some first.',
    })
    first.terminate()
    await vi.waitUntil(async () => {
      const again = await open(bff.server)
      const [outcome] = await Promise.race([
        once(again, 'message').then(() => ['open']),
        once(again, 'close').then(() => ['closed']),
      ])
      return outcome === 'open'
    })
  })

  it('no session', async () => {
    const bff = await build()
    expect(await closing(await open(bff.server, serial, { cookie: '' }))).toMatchObject({
      code: 4401,
    })
  })

  it('no cluster', async () => {
    const bff = await build()
    const socket = await open(bff.server)
    await bff.cluster.stop()
    expect(await closing(socket)).toMatchObject({ code: 4502 })
    await bff.cluster.start()
  })
})

it('is refused to other Origins before anything is dialled', async () => {
  const bff = await build()
  const requests = serveConsole(bff)
  const socket = await open(bff.server, serial, { origin: 'http://evil.example' })
  const [error] = (await once(socket, 'error')) as [Error]
  expect(error.message).toContain('403')
  expect(requests).toEqual([])
})

it.each(['..%2f..', 'a/b', 'UPPER'])('is never dialled for the name %s', async (name) => {
  const bff = await build()
  const requests = serveConsole(bff)
  expect(await closing(await open(bff.server, { ...serial, name }))).toMatchObject({
    code: 4400,
  })
  expect(requests).toEqual([])
})
