import type { Duplex } from 'node:stream'
import type { SshClientFrame, SshServerFrame, SshSignIn } from '@virtdeck/bff-contract'
import type { Client, ClientChannel } from 'ssh2'
import type { WebSocket } from 'ws'
import { connectSsh, type GreetedSsh } from './connect-ssh.ts'
import { SshError } from './ssh-error.ts'
import { SshFiles } from './ssh-files.ts'
import { decodeMessage, pieceMessage, terminalMessage } from './ssh-frames.ts'

/** Above this, the guest waits until the browser has read. */
const MAX_UNSENT_BYTES = 1024 * 1024
/** Nobody types or pastes more than that ahead of a guest that does not read. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024
/** For the user to compare the host key; the guest's server may lose patience before. */
const MAX_CONFIRMATION_MS = 5 * 60_000
/** What is half written is taken away when the browser has gone, if the guest lets it. */
const MAX_TIDYING_MS = 5_000

interface ServeSshOptions {
  webSocket: WebSocket
  /** The guest's port. */
  stream: Duplex
}

/** One browser's SSH session; resolves when the user is signed in, rejects if that fails. */
export async function serveSsh({ webSocket, stream }: ServeSshOptions): Promise<void> {
  const messages = new SshMessages(webSocket)
  const endStream = () => stream.destroy()
  webSocket.once('close', endStream)
  const greeted = await connectSsh(stream)
  messages.send({ type: 'hostKey', ...greeted.hostKey })
  const signIn = await messages.signIn(stream)
  if (signIn.hostKey !== greeted.hostKey.fingerprint) throw new SshError('hostKeyChanged')
  const { client, channel } = await openShell(greeted, signIn)
  const files = relay({ messages, webSocket, client, channel })
  // From here on there may be something to tidy up in the guest before.
  webSocket.off('close', endStream).once('close', () => {
    setTimeout(endStream, MAX_TIDYING_MS).unref()
    void files.dispose().finally(endStream)
  })
  if (webSocket.readyState === webSocket.CLOSED) endStream()
}

async function openShell(greeted: GreetedSsh, signIn: SshSignIn) {
  const { userName, credentials, columns: cols, rows } = signIn
  const client = await greeted.signIn({ userName, credentials })
  const channel = await new Promise<ClientChannel>((resolve, reject) => {
    client.shell({ term: 'xterm-256color', cols, rows }, (error, opened) => {
      if (error) reject(new SshError('noTerminal'))
      else resolve(opened)
    })
  })
  return { client, channel }
}

/** What the browser says, one after the other, whoever listens now. */
class SshMessages {
  readonly #webSocket: WebSocket
  #onSignIn: (signIn: SshSignIn) => void = () => {}
  #onFailure: (error: SshError) => void = () => {}
  onFrame: ((frame: SshClientFrame) => void) | undefined
  onTerminal: (bytes: Buffer) => void = () => {}
  onPiece: (id: number, bytes: Buffer) => void = () => {}

  constructor(webSocket: WebSocket) {
    this.#webSocket = webSocket
    webSocket.on('message', (data, isBinary) => this.#receive(data as Buffer, isBinary))
  }

  send(frame: SshServerFrame): void {
    this.sendBytes(JSON.stringify(frame))
  }

  sendBytes(bytes: Buffer | string, onSent?: () => void): void {
    const { readyState, OPEN } = this.#webSocket
    if (readyState === OPEN) this.#webSocket.send(bytes, onSent)
  }

  /** Who the user is; the first that the browser says. */
  async signIn(stream: Duplex): Promise<SshSignIn> {
    const { promise, resolve, reject } = Promise.withResolvers<SshSignIn>()
    this.#onSignIn = resolve
    this.#onFailure = reject
    const timer = setTimeout(() => reject(new SshError('timeout')), MAX_CONFIRMATION_MS)
    const onClose = () => reject(new SshError('lost'))
    stream.once('close', onClose)
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      stream.off('close', onClose)
      this.#onSignIn = () => this.#refuse()
    }
  }

  #receive(data: Buffer, isBinary: boolean): void {
    // Once it is being closed, the browser has no say any more.
    if (this.#webSocket.readyState !== this.#webSocket.OPEN) return
    try {
      const message = decodeMessage(data, isBinary)
      if (message.type === 'terminal') return this.onTerminal(message.bytes)
      if (message.type === 'piece') return this.onPiece(message.id, message.bytes)
      const { frame } = message
      if (frame.type === 'signIn') this.#onSignIn(frame)
      else this.onFrame?.(frame)
    } catch {
      this.#refuse()
    }
  }

  #refuse(): void {
    this.#onFailure(new SshError('protocol'))
    this.#webSocket.close(1008)
  }
}

interface RelayOptions {
  messages: SshMessages
  webSocket: WebSocket
  client: Client
  channel: ClientChannel
}

/** Joins the browser with the shell; a browser that reads slowly slows down the guest. */
function relay({ messages, webSocket, client, channel }: RelayOptions): SshFiles {
  const files = new SshFiles({
    client,
    send: (frame) => messages.send(frame),
    sendPiece: (id, bytes) => messages.sendBytes(pieceMessage(id, bytes)),
  })
  messages.onTerminal = (bytes) => {
    channel.write(bytes)
    if (channel.writableLength > MAX_UNREAD_BYTES) webSocket.close(1008)
  }
  messages.onPiece = (id, bytes) => files.piece(id, bytes)
  messages.onFrame = (frame) => {
    // The terminal reports no pixels.
    if (frame.type === 'resize') channel.setWindow(frame.rows, frame.columns, 0, 0)
    else if (frame.type !== 'signIn') files.receive(frame)
  }

  channel.on('data', (bytes: Buffer) => {
    messages.sendBytes(terminalMessage(bytes), () => {
      if (webSocket.bufferedAmount <= MAX_UNSENT_BYTES) channel.resume()
    })
    if (webSocket.bufferedAmount > MAX_UNSENT_BYTES) channel.pause()
  })
  // A shell with a terminal has nothing to say there, but unread it would hold up the rest.
  channel.stderr.resume()
  let end: { code?: number; signal?: string } = {}
  channel.on('exit', (code: number | null, signal?: string) => {
    end = { ...(code !== null && { code }), ...(signal !== undefined && { signal }) }
  })
  // What the shell said last may come after its end is told.
  channel.once('close', () => {
    messages.send({ type: 'exit', ...end })
    webSocket.close(1000)
    client.end()
  })
  // Comes before the channel's own, if the guest goes as a whole.
  client.once('close', () => {
    messages.send({ type: 'failed', reason: 'lost', message: '' })
    webSocket.close(1000)
  })
  messages.send({ type: 'ready' })
  return files
}
