import { stat } from 'node:fs/promises'
import { readLogTimes } from '../displays/log-times.ts'
import { readTail } from '../displays/rotated-log.ts'

export interface LogLine {
  /** Milliseconds since the epoch. */
  at: number
  /** With its line break; the last line may have none yet. */
  text: Buffer
}

const MOST_BYTES = 1024 * 1024
const NEWLINE = 0x0a

/** The lines of a log file's end, each with its time; `end` is how far the file was read. */
export async function readLogLines(file: string): Promise<{ lines: LogLine[]; end: number }> {
  const found = await stat(file).catch(() => undefined)
  if (found === undefined) return { lines: [], end: 0 }
  const content = await readTail(file, MOST_BYTES)
  const start = Math.max(0, found.size - MOST_BYTES)
  const fallback = found.birthtimeMs
  const lines = await timedLines({ file, start, content, fallback })
  return { lines, end: start + content.length }
}

/** The lines of a part of a log file that begins at `start`, each with its time. */
export async function timedLines(options: {
  file: string
  start: number
  content: Buffer
  /** The time of what was written before times were noted; now unless told. */
  fallback?: number
}): Promise<LogLine[]> {
  const { file, start, content, fallback = Date.now() } = options
  const timeAt = await readLogTimes(file, fallback)
  let offset = start
  return splitLines(content).map((text) => {
    const line = { at: timeAt(offset), text }
    offset += text.length
    return line
  })
}

export function splitLines(content: Buffer): Buffer[] {
  const lines: Buffer[] = []
  let start = 0
  while (start < content.length) {
    const found = content.indexOf(NEWLINE, start)
    const end = found === -1 ? content.length : found + 1
    lines.push(content.subarray(start, end))
    start = end
  }
  return lines
}

/** The lines of several logs in the order of their times; those of one log stay in theirs. */
export function mergeLines(...logs: LogLine[][]): LogLine[] {
  return logs.flat().toSorted((left, right) => left.at - right.at)
}

/** Puts the time before each line of what comes in pieces. */
export class Timestamps {
  #atStart = true

  prefix(content: Buffer, at: number): Buffer {
    const pieces = splitLines(content).flatMap((text) => {
      const stamp = this.#atStart ? [Buffer.from(`${new Date(at).toISOString()} `)] : []
      this.#atStart = text.at(-1) === NEWLINE
      return [...stamp, text]
    })
    return Buffer.concat(pieces)
  }
}
