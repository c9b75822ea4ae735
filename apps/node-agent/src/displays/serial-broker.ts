import { Duplex } from 'node:stream'
import { RingBuffer } from './ring-buffer.ts'
import { readTail, type RotatedLog } from './rotated-log.ts'

const REPLAY_BYTES = 64 * 1024
/** A viewer that has this much unread is skipped forward instead of queued for. */
const VIEWER_BACKLOG = 512 * 1024

export interface SerialBrokerOptions {
  log?: RotatedLog
  /** Sees all output of the guest. */
  onOutput?: (chunk: Buffer) => void
}

/**
 * Owns a guest's only serial connection. QEMU stalls the guest when that is not read, and a
 * second client would see nothing: so it is always drained, and viewers get copies. A new viewer
 * first sees the last output.
 */
export class SerialBroker {
  readonly #ring = new RingBuffer(REPLAY_BYTES)
  readonly #viewers = new Set<SerialViewer>()
  readonly #options: SerialBrokerOptions
  #connection: Duplex | undefined
  #closed = false

  constructor(options: SerialBrokerOptions = {}) {
    this.#options = options
  }

  /** What an earlier agent saw, for guests that it started. */
  async loadHistory(): Promise<void> {
    const { log } = this.#options
    if (log) this.#ring.push(await readTail(log.file, REPLAY_BYTES))
  }

  /** Takes over the guest's connection. */
  connect(connection: Duplex): void {
    this.#connection = connection
    connection.on('data', (chunk: Buffer) => {
      this.#ring.push(chunk)
      this.#options.log?.write(chunk)
      this.#options.onOutput?.(chunk)
      for (const viewer of this.#viewers) viewer.deliver(chunk)
    })
    connection.on('error', () => connection.destroy())
    connection.on('close', () => this.close())
  }

  get viewers(): number {
    return this.#viewers.size
  }

  /** A stream for one viewer: reading gives the guest's output, writing types into it. */
  openViewer(): Duplex {
    const viewer = new SerialViewer((chunk) => this.#connection?.write(chunk))
    this.#viewers.add(viewer)
    viewer.once('close', () => this.#viewers.delete(viewer))
    const history = withoutQueries(this.#ring.content())
    if (history.length > 0) viewer.deliver(history)
    if (this.#closed) viewer.finish()
    return viewer
  }

  /** Ends all viewers' streams: the guest is gone. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const viewer of this.#viewers) viewer.finish()
    this.#connection?.destroy()
  }
}

/** The end of the stream that a viewer holds. */
class SerialViewer extends Duplex {
  readonly #type: (chunk: Buffer) => void

  constructor(type: (chunk: Buffer) => void) {
    super({ readableHighWaterMark: VIEWER_BACKLOG, allowHalfOpen: false })
    this.#type = type
  }

  deliver(chunk: Buffer): void {
    if (this.readableEnded || this.destroyed) return
    if (this.readableLength > VIEWER_BACKLOG) return
    this.push(chunk)
  }

  finish(): void {
    if (!this.destroyed) this.push(null)
  }

  override _read(): void {
    // Output comes when the guest makes it.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#type(chunk)
    done()
  }
}

/**
 * Replayed output must not ask the terminal anything: its answers (cursor position, device
 * attributes) would be typed into the guest.
 */
export function withoutQueries(output: Buffer): Buffer {
  if (!output.includes(0x1b)) return output
  const text = output.toString('latin1')
  // eslint-disable-next-line no-control-regex
  return Buffer.from(text.replaceAll(/\x1b\[[?>=]?[0-9;]*[nc]/g, ''), 'latin1')
}
