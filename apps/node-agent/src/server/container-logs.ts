import { existsSync } from 'node:fs'
import { guestLogFiles } from '../guest-logs.ts'
import { followFile } from './log-follower.ts'
import { mergeLines, readLogLines, timedLines, Timestamps, type LogLine } from './log-lines.ts'

/** PodLogOptions, as far as they choose among lines. */
export interface LogSelection {
  follow: boolean
  timestamps: boolean
  tailLines?: number | undefined
  /** Milliseconds since the epoch. */
  since?: number | undefined
  limitBytes?: number | undefined
}

export interface LogOptions {
  /** Directory of the guest. */
  directory: string
  container: string
  selection: LogSelection
  /** Whether the container has ended. */
  ended: () => boolean
  signal: AbortSignal
}

/** What the query of a kubelet's `/containerLogs` selects. */
export function logSelectionOf(query: URLSearchParams, now = Date.now()): LogSelection {
  const number = (name: string): number | undefined => {
    const value = query.get(name)
    return value === null || value === '' ? undefined : Number(value)
  }
  const flag = (name: string): boolean => ['true', '1'].includes(query.get(name) ?? '')
  const seconds = number('sinceSeconds')
  const time = Date.parse(query.get('sinceTime') ?? '')
  return {
    follow: flag('follow'),
    timestamps: flag('timestamps'),
    tailLines: number('tailLines'),
    since:
      seconds === undefined ? (Number.isNaN(time) ? undefined : time) : now - seconds * 1_000,
    limitBytes: number('limitBytes'),
  }
}

/** The log of a launcher pod's container, and what is added to it when followed. */
export async function* readContainerLog(options: LogOptions): AsyncGenerator<Buffer> {
  const { limitBytes = Number.POSITIVE_INFINITY } = options.selection
  let left = limitBytes
  for await (const chunk of chunksOf(options)) {
    yield chunk.subarray(0, left)
    left -= chunk.length
    if (left <= 0) return
  }
}

async function* chunksOf(options: LogOptions): AsyncGenerator<Buffer> {
  const { directory, container, selection, ended, signal } = options
  const files = guestLogFiles(directory)
  if (container !== 'compute' && container !== 'guest-console-log') return
  const isCompute = container === 'compute'
  const file = isCompute ? files.agent : files.serial
  const { lines, end } = await readLogLines(file)
  const hypervisor = isCompute ? (await readLogLines(files.hypervisor)).lines : []
  const stamps = new Timestamps()
  const print = ({ at, text }: LogLine): Buffer =>
    selection.timestamps ? stamps.prefix(text, at) : text
  const content = Buffer.concat(select(mergeLines(hypervisor, lines), selection).map(print))
  if (content.length > 0) yield content
  if (!selection.follow || !existsSync(directory)) return
  for await (const { content: added, start } of followFile({
    file,
    start: end,
    ended,
    signal,
  })) {
    // The same times as whoever reads it later: who resumes with `sinceTime` knows them by that.
    yield Buffer.concat((await timedLines({ file, start, content: added })).map(print))
  }
}

/** First by time, then from the end: as a kubelet does it. */
export function select(
  lines: LogLine[],
  { since, tailLines }: Pick<LogSelection, 'since' | 'tailLines'>,
): LogLine[] {
  const recent = since === undefined ? lines : lines.filter(({ at }) => at >= since)
  return tailLines === undefined ? recent : recent.slice(Math.max(0, recent.length - tailLines))
}
