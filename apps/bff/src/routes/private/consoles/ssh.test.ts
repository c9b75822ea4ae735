import ssh2 from 'ssh2'
import { describe, expect, it, vi } from 'vitest'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { describeHostKey } from '../../../ssh/connect-ssh.ts'
import { build, ORIGIN, USER_TOKEN, type TestBff } from '../../../testing/build.ts'
import { GUEST_USER, HOST_KEY_PUBLIC } from '../../../testing/fake-ssh.ts'
import { openedConsoles } from '../../../testing/opened-consoles.ts'
import { serveGuest, SshClient } from '../../../testing/ssh-client.ts'

const PORT_PATH =
  '/apis/subresources.kubevirt.io/v1/namespaces/default/virtualmachineinstances/web/portforward/22/tcp'
const { password } = GUEST_USER

describe('F-45 an SSH session', () => {
  it('shows the host key, signs in and carries a shell', async () => {
    const bff = await build()
    const guest = serveGuest(bff)
    const client = await SshClient.open(bff)
    const key = Buffer.from(HOST_KEY_PUBLIC.split(' ')[1] ?? '', 'base64')
    expect(await client.frame('hostKey')).toEqual({
      type: 'hostKey',
      ...describeHostKey(key),
    })
    expect(guest.attempts).toEqual([])
    await client.signIn({ password })
    await client.frame('ready')
    client.type('hello\n')
    await vi.waitUntil(() => client.text === '$ HELLO\n')
    expect(guest.terminal).toMatchObject({ term: 'xterm-256color', cols: 100, rows: 30 })
    client.send({ type: 'resize', columns: 80, rows: 24 })
    await vi.waitUntil(() => guest.terminal.cols === 80)
    expect(guest.requests).toEqual([`${PORT_PATH} Bearer ${USER_TOKEN}`])
    const web = { namespace: 'default', name: 'web' }
    expect(await openedConsoles(bff, web)).toMatchObject([{ user: 'jane', console: 'ssh' }])

    client.type('exit 3')
    expect(await client.frame('exit')).toEqual({ type: 'exit', code: 3 })
    expect(client.text).toBe('$ HELLO\nbye')
    expect(await client.closed()).toMatchObject({ code: 1000 })
    for (const secret of [password, 'jane"', 'hello']) {
      expect(bff.log().replaceAll('"user":"jane"', '')).not.toContain(secret)
    }
  })

  it('answers what the server asks for with the password', async () => {
    const bff = await build()
    serveGuest(bff, {
      authenticate: (context) => {
        if (context.method !== 'keyboard-interactive') {
          return context.reject(['keyboard-interactive'])
        }
        context.prompt([{ prompt: 'Password: ', echo: false }], ([answer]) => {
          if (answer === password) context.accept()
          else context.reject()
        })
      },
    })
    const client = await SshClient.signedIn(bff)
    expect(client.frames.at(-1)).toEqual({ type: 'ready' })
  })

  it('signs in with a locked key', async () => {
    const bff = await build()
    const pair = ssh2.utils.generateKeyPairSync('ed25519', {
      passphrase: 'open',
      cipher: 'aes256-ctr',
      rounds: 1,
    })
    const known = ssh2.utils.parseKey(pair.public)
    serveGuest(bff, {
      authenticate: (context) => {
        const isKnown =
          context.method === 'publickey' &&
          !(known instanceof Error) &&
          context.key.data.equals(known.getPublicSSH())
        if (isKnown) context.accept()
        else context.reject(['publickey'])
      },
    })
    const client = await SshClient.open(bff)
    await client.signIn({ privateKey: pair.private, passphrase: 'open' })
    await client.frame('ready')
    expect(bff.log()).not.toContain('PRIVATE KEY')

    const wrong = await SshClient.open(bff)
    await wrong.signIn({ privateKey: pair.private, passphrase: 'shut' })
    expect(await wrong.frame('failed')).toMatchObject({ reason: 'passphrase' })

    const without = await SshClient.open(bff)
    await without.signIn({ privateKey: pair.private })
    expect(await without.frame('failed')).toMatchObject({ reason: 'passphrase' })

    const half = await SshClient.open(bff)
    await half.signIn({ privateKey: pair.public })
    expect(await half.frame('failed')).toMatchObject({ reason: 'keyUnreadable' })

    const other = await SshClient.open(bff)
    await other.signIn({ privateKey: ssh2.utils.generateKeyPairSync('ed25519').private })
    expect(await other.frame('failed')).toMatchObject({ reason: 'wrongKey' })
  })

  it('ends when the guest goes', async () => {
    const bff = await build()
    const guest = serveGuest(bff)
    const client = await SshClient.signedIn(bff)
    guest.connections[0]?.end()
    expect(await client.frame('failed')).toMatchObject({ reason: 'lost' })
    await client.closed()
  })

  it('ends within a minute after the permission, and says so', async () => {
    const bff = await build()
    serveGuest(bff)
    vi.useFakeTimers({ toFake: ['setInterval', 'Date'], now: Date.now() })
    try {
      const client = await SshClient.signedIn(bff)
      bff.cluster.allow = () => false
      await vi.advanceTimersByTimeAsync(60_000)
      const { code, reason } = await client.closed()
      expect(code).toBe(4403)
      expect(reason).toContain('is forbidden')
    } finally {
      vi.useRealTimers()
    }
  })
})

it('F-45 an SSH session carries a lot, unharmed, also to a browser that dawdles', async () => {
  const bff = await build()
  serveGuest(bff)
  const client = await SshClient.signedIn(bff)
  await vi.waitUntil(() => client.text === '$ ')
  client.type('say 8000000')
  client.socket.pause()
  // Another connection shows that nobody waits for this one.
  await SshClient.signedIn(bff)
  client.socket.resume()
  await vi.waitUntil(() => client.text.length === 8_000_002, { timeout: 20_000 })
  expect(client.text).toMatch(/^\$ x+$/)
})

it('F-45 an SSH session ends with the session of the user', async () => {
  const bff = await build()
  serveGuest(bff)
  vi.useFakeTimers({ toFake: ['setInterval'] })
  try {
    const client = await SshClient.signedIn(bff)
    const { cookie } = client
    await bff.server.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie, origin: ORIGIN },
    })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await client.closed()).toMatchObject({ code: 4401 })
  } finally {
    vi.useRealTimers()
  }
})

describe('F-45 an SSH session is refused', () => {
  it('without permission, before anything is dialled', async () => {
    const bff = await build()
    const guest = serveGuest(bff)
    bff.cluster.allow = (_user, { subresource }) => subresource !== 'portforward'
    const client = await SshClient.open(bff)
    expect(await client.closed()).toMatchObject({ code: 4403 })
    expect(guest.requests).toEqual([])
  })

  it('without a session', async () => {
    const bff = await build()
    const guest = serveGuest(bff)
    const client = await SshClient.open(bff, { cookie: '' })
    expect(await client.closed()).toMatchObject({ code: 4401 })
    expect(guest.requests).toEqual([])
  })

  it('as one console too many, and the place is given back', async () => {
    const bff = await build({ consoles: { perUser: 1, total: 10, idleMinutes: 0 } })
    serveGuest(bff)
    const first = await SshClient.signedIn(bff)
    const second = await SshClient.open(bff)
    expect(await second.closed()).toMatchObject({ code: 4429 })
    first.socket.close()
    await first.closed()
    await vi.waitUntil(async () => {
      const third = await SshClient.open(bff)
      return third.frame('hostKey').catch(() => undefined)
    })
  })

  it('when another host key was confirmed; nothing secret is sent', async () => {
    const bff = await build()
    const guest = serveGuest(bff)
    const client = await SshClient.open(bff)
    await client.signIn({ password }, 'SHA256:another')
    expect(await client.frame('failed')).toMatchObject({ reason: 'hostKeyChanged' })
    await client.closed()
    expect(guest.attempts).toEqual([])
  })

  it('with a wrong password', async () => {
    const bff = await build()
    const guest = serveGuest(bff)
    const client = await SshClient.open(bff)
    await client.signIn({ password: 'wrong' })
    expect(await client.frame('failed')).toMatchObject({ reason: 'wrongPassword' })
    expect(guest.attempts).toEqual(['none', 'password'])
  })

  it('where only keys are taken', async () => {
    const bff = await build()
    serveGuest(bff, { authenticate: (context) => context.reject(['publickey']) })
    const client = await SshClient.open(bff)
    await client.signIn({ password })
    expect(await client.frame('failed')).toMatchObject({ reason: 'passwordNotAllowed' })
  })

  it.each([
    ['text', 'nonsense'],
    ['a frame of another kind', JSON.stringify({ type: 'resize', columns: 0, rows: 1 })],
    ['bytes', Buffer.from([7, 1, 2, 3])],
  ])('for %s in place of a sign-in', async (_what, message) => {
    const bff = await build()
    serveGuest(bff)
    const client = await SshClient.open(bff)
    await client.frame('hostKey')
    client.socket.send(message)
    expect(await client.closed()).toMatchObject({ code: 1008 })
  })

  it('when nothing listens', async () => {
    const bff = await build()
    answerPort(bff, (stream) => stream.end())
    const client = await SshClient.open(bff)
    expect(await client.frame('failed')).toMatchObject({ reason: 'refused' })
  })

  it('when something else listens', async () => {
    const bff = await build()
    answerPort(bff, (stream) => stream.write('HTTP/1.1 400 Bad Request\r\n'.repeat(2000)))
    const client = await SshClient.open(bff)
    expect(await client.frame('failed')).toMatchObject({ reason: 'notSsh' })
  })
})

/** A guest's port 22 with something else behind it. */
function answerPort(
  { cluster }: TestBff,
  serve: (stream: ReturnType<typeof createWebSocketStream>) => void,
): void {
  const ports = new WebSocketServer({ noServer: true })
  cluster.onUpgrade = (request, socket, head) =>
    ports.handleUpgrade(request, socket, head, (port) => {
      const stream = createWebSocketStream(port)
      stream.on('error', () => {})
      serve(stream)
    })
}
