import { appendFile, readFile, rm } from 'node:fs/promises'

/** Nearer than this, what was written counts as written at once: it keeps the notes short. */
const RESOLUTION_MS = 100

const fileOf = (logFile: string): string => `${logFile}.times`

/**
 * When the parts of a log were written, noted beside it: what guests print carries no times, and
 * `kubectl logs --since` and `--timestamps` ask for them.
 */
export class LogTimes {
  readonly #file: string
  #last = 0

  constructor(logFile: string) {
    this.#file = fileOf(logFile)
  }

  /** Whatever is at this offset of the log, and behind it, was written now. */
  async note(offset: number, now = Date.now()): Promise<void> {
    if (offset > 0 && now - this.#last < RESOLUTION_MS) return
    this.#last = now
    const line = `${offset} ${now}\n`
    // A log begins at its first byte: older notes are about the one before it.
    if (offset === 0) await rm(this.#file, { force: true })
    await appendFile(this.#file, line, { mode: 0o600 })
  }
}

/** Tells when the byte at an offset was written; without notes, at `fallback`. */
export async function readLogTimes(
  logFile: string,
  fallback: number,
): Promise<(offset: number) => number> {
  const text = await readFile(fileOf(logFile), 'utf8').catch(() => '')
  const notes = text
    .split('\n')
    .map((line) => line.split(' ').map(Number))
    .filter(
      (pair): pair is [number, number] => pair.length === 2 && pair.every(Number.isFinite),
    )
  return (offset) => notes.findLast(([from]) => from <= offset)?.[1] ?? fallback
}
