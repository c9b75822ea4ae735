import { existsSync, watch } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readTail } from '../displays/rotated-log.ts'
import { guestLogFiles } from '../guest-logs.ts'

export interface LogOptions {
  /** Directory of the guest. */
  directory: string
  container: string
  follow: boolean
  tailLines: number | undefined
  signal: AbortSignal
}

const MOST_BYTES = 1024 * 1024

/** The log of a launcher pod's container, and what is added to it when followed. */
export async function* readContainerLog(options: LogOptions): AsyncGenerator<Buffer> {
  const { directory, container, follow, tailLines, signal } = options
  const files = guestLogFiles(directory)
  if (container !== 'compute' && container !== 'guest-console-log') return
  const file = container === 'compute' ? files.agent : files.serial
  const tail = await readTail(file, MOST_BYTES)
  const before =
    container === 'compute' ? await readTail(files.hypervisor, MOST_BYTES) : Buffer.alloc(0)
  const content = lastLines(Buffer.concat([before, tail]), tailLines)
  if (content.length > 0) yield content
  if (follow && existsSync(directory)) yield* followFile(file, tail.length, signal)
}

/** The last lines of a text; all of it if no number is given. */
export function lastLines(content: Buffer, count: number | undefined): Buffer {
  if (count === undefined) return content
  if (count === 0) return Buffer.alloc(0)
  let position = content.length
  // The line break at the end ends the last line; it begins no new one.
  if (content.at(-1) === 0x0a) position -= 1
  for (let line = 0; line < count; line += 1) {
    position = content.lastIndexOf(0x0a, position - 1)
    if (position <= 0)
      return position === 0 && line === count - 1 ? content.subarray(1) : content
  }
  return content.subarray(position + 1)
}

async function* followFile(
  file: string,
  start: number,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  let offset = start
  const changes = new Signal()
  // The file itself may not be there yet, and is another one after each rotation.
  const watcher = watch(dirname(file), { signal }, () => changes.raise())
  watcher.on('error', () => changes.raise())
  signal.addEventListener('abort', () => changes.raise(), { once: true })
  changes.raise()
  try {
    while (!signal.aborted) {
      await changes.wait()
      const handle = await open(file, 'r').catch(() => undefined)
      if (handle === undefined) {
        // The guest is gone with all its files: that is the end of its log.
        if (!existsSync(dirname(file))) return
        continue
      }
      try {
        const { size } = await handle.stat()
        // The log was rotated.
        if (size < offset) offset = 0
        const added = Buffer.alloc(size - offset)
        const { bytesRead } = await handle.read(added, 0, added.length, offset)
        offset += bytesRead
        if (bytesRead > 0) yield added.subarray(0, bytesRead)
      } finally {
        await handle.close()
      }
    }
  } finally {
    watcher.close()
  }
}

/** Remembers that something happened until somebody waits for it. */
class Signal {
  #raised = false
  #wake: (() => void) | undefined

  raise(): void {
    this.#raised = true
    this.#wake?.()
  }

  async wait(): Promise<void> {
    if (!this.#raised) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#raised = false
  }
}
