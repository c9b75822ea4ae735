import { once } from 'node:events'
import {
  sshServerFrame,
  sshSocketPath,
  SSH_TERMINAL,
  type SshClientFrame,
  type SshCredentials,
  type SshServerFrame,
} from '@virtdeck/bff-contract'
import { onTestFinished, vi } from 'vitest'
import { createWebSocketStream, WebSocket, WebSocketServer } from 'ws'
import { signIn, type TestBff } from './build.ts'
import { GUEST_USER, serveFakeSsh, type FakeSsh, type FakeSshOptions } from './fake-ssh.ts'
import { listen } from './live-client.ts'

/** The cluster's side: a guest with an SSH server on its port 22, and who asked for it. */
export function serveGuest(
  { cluster }: TestBff,
  options: FakeSshOptions = {},
): FakeSsh & { requests: string[] } {
  const seen = { requests: [] as string[], terminal: {}, attempts: [], connections: [] }
  const ports = new WebSocketServer({ noServer: true })
  cluster.onUpgrade = (request, socket, head) => {
    seen.requests.push(`${request.url} ${request.headers.authorization}`)
    ports.handleUpgrade(request, socket, head, (port) =>
      serveFakeSsh(createWebSocketStream(port), options, seen),
    )
  }
  return seen
}

type FrameOf<Type extends SshServerFrame['type']> = Extract<SshServerFrame, { type: Type }>

/** A browser's SSH socket. */
export class SshClient {
  readonly socket: WebSocket
  readonly cookie: string
  readonly frames: SshServerFrame[] = []
  text = ''
  /** Content of downloads by their ids. */
  readonly pieces = new Map<number, Buffer[]>()
  /** How it ended. */
  closing: { code: number; reason: string } | undefined

  constructor(socket: WebSocket, cookie: string) {
    this.socket = socket
    this.cookie = cookie
    socket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary))
    socket.on('close', (code, reason) => (this.closing = { code, reason: String(reason) }))
  }

  static async open(bff: TestBff, headers: Record<string, string> = {}): Promise<SshClient> {
    const cookie = await signIn(bff.server)
    const { port } = (bff.server.server.address() ?? {}) as { port?: number }
    const address = port ? `http://127.0.0.1:${port}` : await listen(bff.server)
    const path = sshSocketPath({ namespace: 'default', name: 'web' })
    const socket = new WebSocket(address.replace('http', 'ws') + path, {
      headers: { cookie, origin: address, ...headers },
    })
    onTestFinished(() => socket.terminate())
    const client = new SshClient(socket, cookie)
    await once(socket, 'open')
    return client
  }

  /** One that has signed in. */
  static async signedIn(bff: TestBff): Promise<SshClient> {
    const client = await SshClient.open(bff)
    await client.signIn({ password: GUEST_USER.password })
    await client.frame('ready')
    return client
  }

  send(frame: SshClientFrame): void {
    this.socket.send(JSON.stringify(frame))
  }

  async signIn(credentials: SshCredentials, hostKey?: string): Promise<void> {
    const { fingerprint } = await this.frame('hostKey')
    this.send({
      type: 'signIn',
      hostKey: hostKey ?? fingerprint,
      userName: GUEST_USER.userName,
      credentials,
      columns: 100,
      rows: 30,
    })
  }

  type(text: string): void {
    this.socket.send(Buffer.concat([Buffer.from([SSH_TERMINAL]), Buffer.from(text)]))
  }

  /** Waits for the last frame of a type. */
  async frame<Type extends SshServerFrame['type']>(type: Type): Promise<FrameOf<Type>> {
    const find = () => this.frames.findLast((frame) => frame.type === type)
    await vi.waitUntil(find, { timeout: 10_000, interval: 5 })
    return find() as FrameOf<Type>
  }

  async closed(): Promise<{ code: number; reason: string }> {
    await vi.waitUntil(() => this.closing, { timeout: 10_000, interval: 5 })
    return this.closing as { code: number; reason: string }
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (!isBinary) {
      this.frames.push(sshServerFrame.parse(JSON.parse(data.toString('utf8'))))
    } else if (data[0] === SSH_TERMINAL) {
      this.text += data.subarray(1).toString('utf8')
    } else {
      const id = data.readUInt32BE(1)
      this.pieces.set(id, [...(this.pieces.get(id) ?? []), data.subarray(5)])
    }
  }
}
