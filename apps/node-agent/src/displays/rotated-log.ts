import { appendFile, open, rename, stat } from 'node:fs/promises'
import { LogTimes } from './log-times.ts'

const LARGEST_FILE = 1024 * 1024

/**
 * A log file that is renamed to `<file>.1` when it gets large: it never fills the disk. It is
 * not kept open, so thousands of guests may have one.
 */
export class RotatedLog {
  readonly file: string
  readonly #largest: number
  readonly #times: LogTimes
  #pending: Buffer[] = []
  #size: number | undefined
  #flushing: Promise<void> | undefined

  constructor(file: string, largest = LARGEST_FILE) {
    this.file = file
    this.#largest = largest
    this.#times = new LogTimes(file)
  }

  write(chunk: Buffer | string): void {
    this.#pending.push(Buffer.from(chunk))
    this.#flushing ??= this.#flush().finally(() => {
      this.#flushing = undefined
    })
  }

  /** Resolves when all is written. */
  async close(): Promise<void> {
    await this.#flushing
  }

  async #flush(): Promise<void> {
    while (this.#pending.length > 0) {
      const chunk = Buffer.concat(this.#pending.splice(0))
      try {
        this.#size ??= await sizeOf(this.file)
        if (this.#size > this.#largest) {
          await rename(this.file, `${this.file}.1`)
          this.#size = 0
        }
        await this.#times.note(this.#size)
        await appendFile(this.file, chunk, { mode: 0o600 })
        this.#size += chunk.length
      } catch {
        // A full disk, or a guest that was removed, costs the log and nothing else.
        this.#size = undefined
      }
    }
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  return found?.size ?? 0
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
