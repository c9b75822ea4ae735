import { existsSync, watch } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** What ended without touching the file is noticed after this time. */
const CHECK_MS = 1_000

export interface FollowOptions {
  file: string
  /** Where to begin reading. */
  start: number
  /** Whether nothing will be added any more. */
  ended: () => boolean
  signal: AbortSignal
}

interface Added {
  content: Buffer
  /** Where in the file it begins. */
  start: number
}

/** What is added to a log file, until its writer ends or the reader goes. */
export async function* followFile(options: FollowOptions): AsyncGenerator<Added> {
  const { file, start, signal } = options
  const changes = new Changes(signal)
  // The file itself may not be there yet, and is another one after each rotation.
  const watcher = watch(dirname(file), { signal }, () => changes.raise())
  watcher.on('error', () => changes.raise())
  const timer = setInterval(() => changes.raise(), CHECK_MS)
  let offset = start
  try {
    while (!signal.aborted) {
      // Asked before reading: what was written until the end is still read then.
      const ended = options.ended() || !existsSync(dirname(file))
      const added = await readFrom(file, offset)
      offset = added.end
      if (added.content.length > 0) yield added
      if (ended) return
      await changes.wait()
    }
  } finally {
    clearInterval(timer)
    watcher.close()
  }
}

async function readFrom(file: string, start: number) {
  const handle = await open(file, 'r').catch(() => undefined)
  if (handle === undefined) return { content: Buffer.alloc(0), start, end: start }
  try {
    const { size } = await handle.stat()
    // A file that has become shorter was rotated.
    const from = size < start ? 0 : start
    const buffer = Buffer.alloc(size - from)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
    return { content: buffer.subarray(0, bytesRead), start: from, end: from + bytesRead }
  } finally {
    await handle.close()
  }
}

/** Remembers that something happened until somebody waits for it. */
class Changes {
  #raised = false
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    signal.addEventListener('abort', () => this.raise(), { once: true })
  }

  raise(): void {
    this.#raised = true
    this.#wake?.()
  }

  async wait(): Promise<void> {
    if (!this.#raised) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#raised = false
  }
}
