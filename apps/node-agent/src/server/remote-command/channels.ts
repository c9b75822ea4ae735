import { PassThrough, type Readable, Writable } from 'node:stream'
import type { Status } from '@virtdeck/kubernetes'
import type { RawData, WebSocket } from 'ws'

/** The streams of a remote command are multiplexed by the first byte of each frame. */
const CHANNELS = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4 } as const
/** v5: the second byte names the channel that ends. */
const CLOSE = 255
const V5 = 'v5.channel.k8s.io'
const BASE64 = 'v4.base64.channel.k8s.io'
/** Best first. The versions before the fourth have no way to tell an exit code. */
export const REMOTE_COMMAND_PROTOCOLS = [V5, 'v4.channel.k8s.io', BASE64]

export interface TerminalSize {
  Width: number
  Height: number
}

/** What the client wants to be connected. */
export interface WantedStreams {
  stdin: boolean
  stdout: boolean
  stderr: boolean
  tty: boolean
}

/** A WebSocket of `kubectl exec` or `kubectl attach`, taken apart into its streams. */
export class RemoteCommandChannels {
  /** What the client types; ends when the client says so (v5) or goes away. */
  readonly stdin: Readable
  readonly stdout: Writable
  readonly stderr: Writable
  readonly #socket: WebSocket
  readonly #input = new PassThrough()
  readonly #base64: boolean
  #size: TerminalSize | undefined
  #onResize: (size: TerminalSize) => void = () => undefined

  constructor(socket: WebSocket, { stdout, stderr }: WantedStreams) {
    this.#socket = socket
    this.#base64 = socket.protocol === BASE64
    this.stdin = this.#input
    this.stdout = this.#output(stdout ? CHANNELS.stdout : undefined)
    this.stderr = this.#output(stderr ? CHANNELS.stderr : undefined)
    socket.on('message', (data) => this.#receive(bytesOf(data)))
    socket.on('close', () => this.#input.end())
    this.#input.on('drain', () => socket.resume())
    // So the client knows that the command has begun although it has said nothing yet.
    const first = stdout ? CHANNELS.stdout : stderr ? CHANNELS.stderr : CHANNELS.status
    this.#send(first, Buffer.alloc(0))
  }

  /** Hears the size of the client's terminal, also the one it told before somebody listened. */
  onResize(listener: (size: TerminalSize) => void): void {
    this.#onResize = listener
    if (this.#size) listener(this.#size)
  }

  /** Tells how the command ended, and hangs up. */
  finish(status: Status): void {
    this.#send(CHANNELS.status, Buffer.from(JSON.stringify(status)))
    this.#socket.close(1000)
  }

  #receive(frame: Buffer): void {
    const bytes = this.#base64 ? decode(frame) : frame
    const channel = bytes[0]
    const content = bytes.subarray(1)
    if (channel === CHANNELS.stdin) this.#type(content)
    else if (channel === CHANNELS.resize) this.#resize(content)
    else if (channel === CLOSE && this.#socket.protocol === V5) {
      if (content[0] === CHANNELS.stdin) this.#input.end()
    }
  }

  #type(content: Buffer): void {
    if (this.#input.writableEnded || content.length === 0) return
    if (!this.#input.write(content)) this.#socket.pause()
  }

  #resize(content: Buffer): void {
    try {
      const size = JSON.parse(content.toString()) as Partial<TerminalSize>
      if (isLength(size.Width) && isLength(size.Height)) {
        this.#size = { Width: size.Width, Height: size.Height }
        this.#onResize(this.#size)
      }
    } catch {
      // A size that cannot be read changes nothing, as in a kubelet.
    }
  }

  #output(channel: number | undefined): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        // A client that is gone, or that did not ask for this stream, does not hold the command up.
        if (channel === undefined) done()
        else this.#send(channel, chunk, () => done())
      },
    })
  }

  #send(channel: number, content: Buffer, done: () => void = () => undefined): void {
    if (this.#socket.readyState !== this.#socket.OPEN) {
      done()
      return
    }
    const frame = this.#base64
      ? `${channel}${content.toString('base64')}`
      : Buffer.concat([Buffer.of(channel), content])
    this.#socket.send(frame, done)
  }
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}

/** `0aGk=` is "hi" on channel 0. */
function decode(frame: Buffer): Buffer {
  const text = frame.toString('latin1')
  const channel = Number.parseInt(text.slice(0, 1), 10)
  return Buffer.concat([
    Buffer.of(Number.isNaN(channel) ? CLOSE : channel),
    Buffer.from(text.slice(1), 'base64'),
  ])
}

function isLength(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) < 65_536
}
