import { X509Certificate } from 'node:crypto'
import { on, once } from 'node:events'
import { rdpCertificatePath, rdpSocketPath, type RdpCertificate } from '@virtdeck/bff-contract'
import { statusErrors } from '@virtdeck/kubernetes'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createWebSocketStream, WebSocket, WebSocketServer } from 'ws'
import { build, ORIGIN, signIn, USER_TOKEN, type TestBff } from '../../../testing/build.ts'
import { CONFIRM_TLS, GUEST_CERTIFICATE, serveFakeRdp } from '../../../testing/fake-rdp.ts'
import { listen } from '../../../testing/live-client.ts'
import { openedConsoles } from '../../../testing/opened-consoles.ts'

const target = { namespace: 'default', name: 'win' }
const FINGERPRINT = new X509Certificate(GUEST_CERTIFICATE).fingerprint256
const PORT_PATH =
  '/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachineinstances/win/portforward/3389/tcp'

/** A browser's request; it would rather go to vm:ns1/nla, which nobody asks. */
const REQUEST = Buffer.from(
  '3053a00402020d3ea20c0c0a766d3a6e73312f6e6c61a30c0c0a7469636b65742d313233a62f042d0300002d28e00000000000436f6f6b69653a206d737473686173683d726470757365720d0a010008000b000000',
  'hex',
)

/** The cluster's side: a guest with an RDP server on its port 3389. */
function serveGuest({ cluster }: TestBff, serve: Parameters<typeof serveFakeRdp>[1] = {}) {
  const requests: string[] = []
  const ports = new WebSocketServer({ noServer: true })
  cluster.onUpgrade = (request, socket, head) => {
    requests.push(`${request.url} ${request.headers.authorization}`)
    ports.handleUpgrade(request, socket, head, (port) =>
      serveFakeRdp(createWebSocketStream(port), serve),
    )
  }
  return requests
}

type GoingGuest = (port: WebSocket) => void

/** A guest whose server confirms, and goes before TLS stands. */
function serveGoingGuest({ cluster }: TestBff, go: GoingGuest): void {
  const ports = new WebSocketServer({ noServer: true })
  cluster.onUpgrade = (request, socket, head) =>
    ports.handleUpgrade(request, socket, head, (port) =>
      port.once('message', () => {
        port.send(Buffer.from(CONFIRM_TLS, 'hex'))
        go(port)
      }),
    )
}

async function dialRdp(bff: TestBff, options: { cookie: string; fingerprint?: string }) {
  const { cookie, fingerprint = FINGERPRINT } = options
  const address = await listen(bff.server)
  const path = rdpSocketPath({ ...target, fingerprint })
  const socket = new WebSocket(address.replace('http', 'ws') + path, {
    headers: { cookie, origin: address },
  })
  onTestFinished(() => socket.terminate())
  return socket
}

async function openRdp(bff: TestBff, query: { fingerprint?: string } = {}) {
  const socket = await dialRdp(bff, { cookie: await signIn(bff.server), ...query })
  await once(socket, 'open')
  return socket
}

async function nextMessage(socket: WebSocket): Promise<Buffer> {
  const [data] = (await once(socket, 'message')) as [Buffer]
  return data
}

/** The failure that RDCleanPath tells, as it ends: {http: 403} is …a1 04 02 02 01 93. */
const endOf = (bytes: Buffer) => bytes.toString('hex').slice(-12)

async function readCertificate(bff: TestBff) {
  return bff.server.inject({
    method: 'POST',
    url: rdpCertificatePath(target),
    headers: { cookie: await signIn(bff.server), origin: ORIGIN },
  })
}

describe('an RDP session', () => {
  it('goes through TLS that ends here to the port of the VM that the route names', async () => {
    const bff = await build()
    const requests = serveGuest(bff)
    const socket = await openRdp(bff)
    const messages = on(socket, 'message')
    const next = async () => ((await messages.next()).value as [Buffer])[0]
    // It may come in pieces, and with more behind it.
    socket.send(REQUEST.subarray(0, 20))
    socket.send(Buffer.concat([REQUEST.subarray(20), Buffer.from('early')]))
    const answer = await next()
    const certificate = new X509Certificate(GUEST_CERTIFICATE).raw
    expect(answer.includes(certificate)).toBe(true)
    expect((await next()).toString()).toBe('early')
    socket.send(Buffer.from('inside of TLS'))
    expect((await next()).toString()).toBe('inside of TLS')
    // As long as a text from the clipboard may be.
    const text = Buffer.alloc(1_000_000, 'text')
    socket.send(text)
    let echo = Buffer.alloc(0)
    while (echo.length < text.length) echo = Buffer.concat([echo, await next()])
    expect(echo.equals(text)).toBe(true)
    expect(requests).toEqual([`${PORT_PATH} Bearer ${USER_TOKEN}`])
    expect(bff.log()).not.toContain('rdpuser')
    expect(await openedConsoles(bff, target)).toMatchObject([{ user: 'jane', console: 'rdp' }])
  })

  it('is refused when the certificate is not the confirmed one', async () => {
    const bff = await build()
    serveGuest(bff)
    const socket = await openRdp(bff, { fingerprint: 'AB:CD' })
    socket.send(REQUEST)
    expect(endOf(await nextMessage(socket))).toBe('a1040202019c')
  })

  it('is refused without permission, and nothing is dialled', async () => {
    const bff = await build()
    const requests = serveGuest(bff)
    bff.cluster.allow = (_user, { subresource }) => subresource !== 'portforward'
    const socket = await openRdp(bff)
    socket.send(REQUEST)
    expect(endOf(await nextMessage(socket))).toBe('a10402020193')
    expect(requests).toEqual([])
  })

  it('is refused without a session before anything is read', async () => {
    const bff = await build()
    const requests = serveGuest(bff)
    const socket = await dialRdp(bff, { cookie: '' })
    expect(endOf(await nextMessage(socket))).toBe('a10402020191')
    expect(requests).toEqual([])
  })

  it('ends within a minute after the permission', async () => {
    const bff = await build()
    serveGuest(bff)
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'], now: Date.now() })
    try {
      const socket = await openRdp(bff)
      socket.send(REQUEST)
      await nextMessage(socket)
      bff.cluster.allow = () => false
      const closed = once(socket, 'close')
      await vi.advanceTimersByTimeAsync(60_000)
      const [code] = await closed
      expect(code).toBe(1006)
    } finally {
      vi.useRealTimers()
    }
  })

  it('counts as a console of its user', async () => {
    const bff = await build({ consoles: { perUser: 0, total: 10, idleMinutes: 0 } })
    serveGuest(bff)
    const socket = await openRdp(bff)
    socket.send(REQUEST)
    expect(endOf(await nextMessage(socket))).toBe('a104020201ad')
  })

  it('tells that nothing listens', async () => {
    const bff = await build()
    bff.cluster.onUpgrade = (request, socket, head) =>
      new WebSocketServer({ noServer: true }).handleUpgrade(request, socket, head, (port) =>
        port.close(),
      )
    const socket = await openRdp(bff)
    socket.send(REQUEST)
    expect(endOf(await nextMessage(socket))).toBe('a2040202274d')
  })

  it.each<[string, GoingGuest]>([
    ['breaks off at TLS', (port) => port.once('message', () => port.terminate())],
    ['says goodbye before TLS', (port) => port.close()],
  ])('gives its place back when the guest %s', async (_how, go) => {
    const bff = await build({ consoles: { perUser: 1, total: 10, idleMinutes: 0 } })
    serveGoingGuest(bff, go)
    const socket = await openRdp(bff)
    socket.send(REQUEST)
    expect(endOf(await nextMessage(socket))).toBe('01a303020128')
    const again = await readCertificate(bff)
    expect(again.json()).toMatchObject({ message: 'TLS with the guest’s RDP server failed.' })
  })

  it('passes on why the server refuses', async () => {
    const bff = await build()
    serveGuest(bff, { confirm: '030000130ed000000000000300080005000000' })
    const socket = await openRdp(bff)
    socket.send(REQUEST)
    expect((await nextMessage(socket)).toString('hex')).toContain('0300080005000000')
  })

  it('ends when the guest goes', async () => {
    const bff = await build()
    const ports = new WebSocketServer({ noServer: true })
    let port: WebSocket | undefined
    bff.cluster.onUpgrade = (request, socket, head) =>
      ports.handleUpgrade(request, socket, head, (opened) => {
        port = opened
        serveFakeRdp(createWebSocketStream(opened))
      })
    const socket = await openRdp(bff)
    socket.send(REQUEST)
    await nextMessage(socket)
    port?.terminate()
    expect(await once(socket, 'close')).toHaveLength(2)
  })

  it('is not one without RDCleanPath', async () => {
    const bff = await build()
    const requests = serveGuest(bff)
    const socket = await openRdp(bff)
    socket.send(Buffer.from('GET / HTTP/1.1'))
    expect(endOf(await nextMessage(socket))).toBe('a10402020190')
    expect(requests).toEqual([])
  })
})

describe('the certificate', () => {
  it('is told before anybody signs in', async () => {
    const bff = await build()
    let asked = ''
    serveGuest(bff, { onConnectionRequest: (bytes) => (asked = bytes.toString('latin1')) })
    const answer = await readCertificate(bff)
    expect(answer.json<RdpCertificate>()).toMatchObject({
      fingerprint: FINGERPRINT,
      subject: 'guest',
      networkLevelAuthentication: false,
    })
    expect(asked).not.toContain('mstshash')
  })

  it('says in words what is wrong', async () => {
    const bff = await build()
    serveGuest(bff, { confirm: '0300000b06d00000000000' })
    const answer = await readCertificate(bff)
    expect(answer.statusCode).toBe(502)
    expect(answer.json()).toMatchObject({
      message: 'The guest’s RDP server offers no security that this console can use.',
    })
  })

  it('passes on the cluster’s refusal', async () => {
    const bff = await build()
    const { status } = statusErrors.other(409, 'Conflict', 'VMI is paused')
    bff.cluster.onUpgrade = (_request, socket) => {
      const body = JSON.stringify(status)
      socket.end(
        `HTTP/1.1 409 Conflict\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      )
    }
    const answer = await readCertificate(bff)
    expect(answer.statusCode).toBe(409)
    expect(answer.json()).toMatchObject({ message: 'VMI is paused' })
  })
})
