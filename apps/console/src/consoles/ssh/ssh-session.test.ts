import type { SshClientFrame, SshServerFrame } from '@virtdeck/bff-contract'
import { describe, expect, it, vi } from 'vitest'
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
  session.signIn(request)
  await vi.waitUntil(() => sockets.length === 1)
  const [socket = new FakeSocket()] = sockets
  return { session, socket, pin }
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
    expect(session.state.get()).toEqual({ name: 'connected' })
    expect(socket.sent.at(-1)).toEqual({ type: 'resize', columns: 90, rows: 30 })
    socket.says({ type: 'exit', code: 3 })
    expect(session.state.get()).toMatchObject({
      name: 'ended',
      problem: { kind: 'exited', code: 3 },
    })
    session.askAgain()
    expect(session.state.get()).toEqual({ name: 'signIn' })
  })

  it.each([
    [4403, 'no', { kind: 'closed', status: 403, message: 'no' }],
    [1006, '', { kind: 'lost' }],
  ])('is told from the close code %i', async (code, reason, problem) => {
    const { session, socket } = await connect('SHA256:a')
    socket.says(hostKey)
    socket.says({ type: 'ready' })
    socket.ends(code, reason)
    expect(session.state.get()).toEqual({ name: 'ended', problem })
  })
})
