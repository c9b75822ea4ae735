import { Duplex } from 'node:stream'
import {
  controlFrame,
  dataFrames,
  FIN,
  FrameParser,
  streamIdOf,
  TYPES,
  withStreamId,
  type Frame,
} from './spdy-frames.ts'
import { EmptyHeaderWriter, HeaderReader } from './spdy-headers.ts'

/** In a SYN_STREAM: two stream ids, priority and slot come before the headers. */
const SYN_HEADERS_AT = 10
const CANCEL = Buffer.of(0, 0, 0, 5)

/**
 * The server's side of SPDY/3.1 as kubectl speaks it: only the client opens streams, and nobody
 * counts windows. A stream whose reader is slow holds up the others, as in a kubelet.
 */
export class SpdyConnection {
  readonly #transport: Duplex
  readonly #onStream: (stream: SpdyStream) => void
  readonly #streams = new Map<number, SpdyStream>()
  readonly #parser = new FrameParser()
  readonly #headers = new HeaderReader()
  readonly #reply = new EmptyHeaderWriter()

  constructor(transport: Duplex, onStream: (stream: SpdyStream) => void) {
    this.#transport = transport
    this.#onStream = onStream
  }

  /** Resolves when the connection has ended. */
  async run(): Promise<void> {
    try {
      for await (const chunk of this.#transport) {
        for (const frame of this.#parser.push(chunk as Buffer)) await this.#handle(frame)
      }
    } catch {
      // A broken connection, or one that is no SPDY: both are over.
    } finally {
      for (const stream of this.#streams.values()) stream.destroy()
      this.#headers.close()
      this.#transport.destroy()
    }
  }

  async #handle(frame: Frame): Promise<void> {
    if (frame.kind === 'data') {
      const stream = this.#streams.get(frame.stream)
      await stream?.receive(frame.content, (frame.flags & FIN) !== 0)
      return
    }
    const { type, content, flags } = frame
    if (type === TYPES.synStream) {
      const headers = await this.#headers.read(content.subarray(SYN_HEADERS_AT))
      const id = streamIdOf(content)
      const stream = new SpdyStream({
        id,
        headers,
        send: (bytes, done) => this.#send(bytes, done),
        onClose: () => this.#streams.delete(id),
      })
      this.#streams.set(id, stream)
      this.#send(controlFrame(TYPES.synReply, withStreamId(id, this.#reply.next())))
      if ((flags & FIN) !== 0) await stream.receive(Buffer.alloc(0), true)
      this.#onStream(stream)
    } else if (type === TYPES.rstStream) this.#streams.get(streamIdOf(content))?.abort()
    else if (type === TYPES.ping) this.#send(controlFrame(TYPES.ping, content))
  }

  #send(bytes: Buffer, done: (error?: Error | null) => void = () => undefined): void {
    if (this.#transport.writable) this.#transport.write(bytes, done)
    else done()
  }
}

interface StreamOptions {
  id: number
  headers: Map<string, string>
  send: (bytes: Buffer, done?: (error?: Error | null) => void) => void
  onClose: () => void
}

/** One of the streams of a connection. */
export class SpdyStream extends Duplex {
  readonly headers: ReadonlyMap<string, string>
  readonly #options: StreamOptions
  #wanted: () => void = () => undefined
  #aborted = false

  constructor(options: StreamOptions) {
    super({ allowHalfOpen: true })
    this.headers = options.headers
    this.#options = options
    // Its reader and writer hear of errors by the pipeline they are in.
    this.on('error', () => undefined)
  }

  /** Takes what the client sent; resolves when there is room for more. */
  async receive(content: Buffer, last: boolean): Promise<void> {
    if (this.destroyed || this.readableEnded) return
    const room = content.length === 0 || this.push(content)
    if (last) this.push(null)
    else if (!room) {
      await new Promise<void>((resolve) => {
        this.#wanted = resolve
        this.once('close', resolve)
      })
    }
  }

  /** The client wants no more of it. */
  abort(): void {
    this.#aborted = true
    this.destroy()
  }

  override _read(): void {
    this.#wanted()
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void) {
    this.#options.send(dataFrames(this.#options.id, chunk), done)
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#options.send(dataFrames(this.#options.id, Buffer.alloc(0), FIN), done)
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    const { id, send, onClose } = this.#options
    const over = this.readableEnded && this.writableFinished
    if (!over && !this.#aborted) {
      send(controlFrame(TYPES.rstStream, withStreamId(id, CANCEL)))
    }
    onClose()
    done(error)
  }
}
