import type { SshClientFrame, SshServerFrame } from '@virtdeck/bff-contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LONGEST_LOSS } from '../recovery.ts'
import type { TerminalView } from '../terminal/terminal-view.ts'
import { createSshSession } from './ssh-session.ts'

class FakeSocket extends EventTarget {
  readonly readyState = WebSocket.OPEN
  readonly sent: SshClientFrame[] = []
  isClosed = false

  send(data: string): void {
    this.sent.push(JSON.parse(data) as SshClientFrame)
  }

  close(): void {
    this.isClosed = true
  }

  says(frame: SshServerFrame): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }))
  }

  ends(code: number, reason: string): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }))
  }
}

function fakeView(): TerminalView {
  const terminal = {
    cols: 90,
    rows: 30,
    buffer: { active: { cursorX: 0 } },
    onData: () => {},
    onBinary: () => {},
    onResize: () => {},
  }
  return { terminal, write: () => {}, dispose: () => {} } as unknown as TerminalView
}

const request = { userName: 'jane', credentials: { password: 'secret' } }
const hostKey = { type: 'hostKey', fingerprint: 'SHA256:a', algorithm: 'ssh-ed25519' } as const
const signIn = { type: 'signIn', hostKey: 'SHA256:a', ...request, columns: 90, rows: 30 }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A session that has just begun to connect. */
async function connect(pinned?: string) {
  const sockets: FakeSocket[] = []
  const pin = { get: () => pinned, set: vi.fn<(fingerprint: string) => void>() }
  const session = createSshSession({
    owner: { namespace: 'default', name: 'web' },
    pin,
    loadView: async () => fakeView(),
    openSocket: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
  })
  /** The socket of the next attempt, which may be a while. */
  const next = async (): Promise<FakeSocket> => {
    const { length } = sockets
    await vi.advanceTimersToNextTimerAsync()
    expect(sockets).toHaveLength(length + 1)
    return sockets.at(-1) ?? new FakeSocket()
  }
  session.signIn(request)
  await vi.advanceTimersByTimeAsync(0)
  const [socket = new FakeSocket()] = sockets
  return { session, socket, pin, next, sockets }
}

/** A session with a shell. */
async function connectShell() {
  const connected = await connect('SHA256:a')
  connected.socket.says(hostKey)
  connected.socket.says({ type: 'ready' })
  return connected
}

describe('F-45 the host key', () => {
  it('is asked about at first, before anything secret is sent', async () => {
    const { session, socket, pin } = await connect()
    expect(session.state.get()).toEqual({ name: 'connecting' })
    socket.says(hostKey)
    expect(session.state.get()).toMatchObject({ name: 'confirming', pinned: undefined })
    expect(socket.sent).toEqual([])
    session.trust()
    expect(pin.set).toHaveBeenCalledWith('SHA256:a')
    expect(socket.sent).toEqual([signIn])
    expect(session.state.get()).toEqual({ name: 'signingIn' })
  })

  it('is not asked about again', async () => {
    const { session, socket } = await connect('SHA256:a')
    socket.says(hostKey)
    expect(socket.sent).toEqual([signIn])
    expect(session.state.get()).toEqual({ name: 'signingIn' })
  })

  it('is asked about when it is another one, and may be turned down', async () => {
    const { session, socket, pin } = await connect('SHA256:b')
    socket.says(hostKey)
    expect(session.state.get()).toMatchObject({ name: 'confirming', pinned: 'SHA256:b' })
    session.end('byUser')
    expect(session.state.get()).toEqual({ name: 'signIn', problem: { kind: 'byUser' } })
    expect(socket.isClosed).toBe(true)
    expect(socket.sent).toEqual([])
    expect(pin.set).not.toHaveBeenCalled()
  })
})

describe('F-45 the end of a session', () => {
  it('before there was one brings back the form', async () => {
    const { session, socket } = await connect('SHA256:a')
    socket.says(hostKey)
    socket.says({ type: 'failed', reason: 'wrongPassword', message: 'no' })
    expect(session.state.get()).toEqual({
      name: 'signIn',
      problem: { kind: 'wrongPassword', message: 'no' },
    })
    // The password is forgotten: trusting again would send nothing.
    session.trust()
    expect(socket.sent).toHaveLength(1)
  })

  it('leaves what the shell has said, and does not connect by itself', async () => {
    const { session, socket } = await connect('SHA256:a')
    socket.says(hostKey)
    socket.says({ type: 'ready' })
    expect(session.state.get()).toEqual({ name: 'connected', isAnother: false })
    expect(socket.sent.at(-1)).toEqual({ type: 'resize', columns: 90, rows: 30 })
    socket.says({ type: 'exit', code: 3 })
    expect(session.state.get()).toMatchObject({
      name: 'ended',
      problem: { kind: 'exited', code: 3 },
    })
    session.askAgain()
    expect(session.state.get()).toEqual({ name: 'signIn' })
  })

  it('is told from the close code', async () => {
    const { session, socket } = await connectShell()
    socket.ends(4403, 'no')
    const problem = { kind: 'closed', status: 403, message: 'no' }
    expect(session.state.get()).toEqual({ name: 'ended', problem })
  })
})

describe('F-45 a lost shell', () => {
  const lost = { kind: 'lost' }

  it('is replaced, without asking for the password again', async () => {
    const { session, socket, next } = await connectShell()
    socket.ends(1006, '')
    expect(session.state.get()).toEqual({ name: 'reconnecting', attempt: 1, problem: lost })
    const second = await next()
    // What the shell has said stays in sight meanwhile.
    expect(session.state.get()).toMatchObject({ name: 'reconnecting', attempt: 1 })
    second.says(hostKey)
    expect(second.sent).toEqual([signIn])
    second.says({ type: 'ready' })
    expect(session.state.get()).toEqual({ name: 'connected', isAnother: true })
  })

  it('is tried again while the guest is away, and at once when the user says so', async () => {
    const { session, socket, next, sockets } = await connectShell()
    socket.says({ type: 'exit', signal: 'SIGTERM' })
    const second = await next()
    second.ends(4409, 'the guest does not run')
    expect(session.state.get()).toMatchObject({ name: 'reconnecting', attempt: 2 })
    session.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(sockets).toHaveLength(3)
    const third = sockets[2] ?? new FakeSocket()
    third.says({ type: 'failed', reason: 'refused', message: '' })
    const problem = { kind: 'refused', message: '' }
    expect(session.state.get()).toEqual({ name: 'reconnecting', attempt: 3, problem })
    const fourth = await next()
    fourth.says(hostKey)
    fourth.says({ type: 'ready' })
    expect(session.state.get().name).toBe('connected')
  })

  it('with another host key is asked about before anything secret is sent', async () => {
    const { session, socket, next } = await connectShell()
    socket.ends(1006, '')
    const second = await next()
    second.says({ ...hostKey, fingerprint: 'SHA256:other' })
    expect(session.state.get()).toMatchObject({ name: 'confirming', pinned: 'SHA256:a' })
    expect(second.sent).toEqual([])
    session.trust()
    expect(session.state.get()).toEqual({ name: 'signingIn' })
    expect(second.sent).toEqual([{ ...signIn, hostKey: 'SHA256:other' }])
  })

  it.each<SshServerFrame>([
    { type: 'failed', reason: 'wrongPassword', message: '' },
    { type: 'exit', code: 0 },
  ])('is not tried again after %j, and the password is forgotten', async (frame) => {
    const { session, socket, next, sockets } = await connectShell()
    socket.ends(1006, '')
    const second = await next()
    second.says(hostKey)
    if (frame.type === 'exit') second.says({ type: 'ready' })
    second.says(frame)
    expect(session.state.get().name).toBe('ended')
    session.retry()
    await vi.advanceTimersByTimeAsync(LONGEST_LOSS)
    expect(sockets).toHaveLength(2)
  })

  it('is given up by the user, and after ten minutes', async () => {
    const first = await connectShell()
    first.socket.ends(1006, '')
    first.session.end('byUser')
    await vi.advanceTimersByTimeAsync(LONGEST_LOSS)
    expect(first.sockets).toHaveLength(1)
    expect(first.session.state.get()).toEqual({ name: 'ended', problem: { kind: 'byUser' } })

    const { session, socket, next } = await connectShell()
    socket.ends(1006, '')
    const begin = Date.now()
    while (session.state.get().name === 'reconnecting') {
      const attempt = await next()
      attempt.ends(1006, '')
    }
    expect(session.state.get()).toEqual({ name: 'ended', problem: lost })
    expect(Date.now() - begin).toBeGreaterThan(LONGEST_LOSS)
  })
})
