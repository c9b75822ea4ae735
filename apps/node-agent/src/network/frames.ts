import type { Duplex } from 'node:stream'

/** QEMU's own limit for a frame is 68 KiB; nothing longer is meant seriously. */
const LONGEST_FRAME = 128 * 1024
/** A receiver that has this much unread loses frames, as on any network. */
const LONGEST_QUEUE = 1024 * 1024
const HEADER = 4

/** Frames over a byte stream, as QEMU's `-netdev stream` sends them: a length precedes each. */
export class FrameStream {
  readonly #stream: Duplex
  #rest: Buffer = Buffer.alloc(0)

  constructor(stream: Duplex, onFrame: (frame: Buffer) => void) {
    this.#stream = stream
    stream.on('data', (chunk: Buffer) => this.#read(chunk, onFrame))
    stream.on('error', () => stream.destroy())
  }

  /** Whether the frame was taken; a slow receiver loses it. */
  send(...parts: Buffer[]): boolean {
    if (this.#stream.destroyed || this.#stream.writableLength > LONGEST_QUEUE) return false
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    const message = Buffer.allocUnsafe(HEADER + length)
    message.writeUInt32BE(length, 0)
    let offset = HEADER
    for (const part of parts) offset += part.copy(message, offset)
    this.#stream.write(message)
    return true
  }

  onClose(callback: () => void): void {
    this.#stream.once('close', callback)
  }

  close(): void {
    this.#stream.destroy()
  }

  #read(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
    let input = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    while (input.length >= HEADER) {
      const length = input.readUInt32BE(0)
      if (length > LONGEST_FRAME) {
        this.#stream.destroy()
        return
      }
      if (input.length < HEADER + length) break
      onFrame(input.subarray(HEADER, HEADER + length))
      input = input.subarray(HEADER + length)
    }
    this.#rest = input
  }
}
