import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'

const LARGEST_FILE = 1024 * 1024

/** A log file that is renamed to `<file>.1` when it gets large: it never fills the disk. */
export class RotatedLog {
  readonly file: string
  readonly #largest: number
  #stream: WriteStream
  #size: number

  constructor(file: string, largest = LARGEST_FILE) {
    this.file = file
    this.#largest = largest
    this.#size = sizeOf(file)
    this.#stream = openStream(file)
  }

  write(chunk: Buffer | string): void {
    if (this.#size > this.#largest) {
      this.#stream.end()
      renameSync(this.file, `${this.file}.1`)
      this.#stream = openStream(this.file)
      this.#size = 0
    }
    this.#size += Buffer.byteLength(chunk)
    this.#stream.write(chunk)
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#stream.end(resolve))
  }
}

function openStream(file: string): WriteStream {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 })
  // A full disk costs the log, not the guest.
  stream.on('error', () => undefined)
  return stream
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

/** The last bytes of a file; empty if there is none. */
export async function readTail(file: string, bytes: number): Promise<Buffer> {
  try {
    const handle = await open(file, 'r')
    try {
      const { size } = await handle.stat()
      const start = Math.max(0, size - bytes)
      const buffer = Buffer.alloc(size - start)
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, start)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0)
    throw error
  }
}
