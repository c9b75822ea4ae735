/** What is recorded: a session as asciinema plays it (asciicast v2, one JSON value a line). */
export interface Asciicast {
  output: (bytes: Uint8Array | string) => void
  resize: (size: { columns: number; rows: number }) => void
  /** The recording so far, as the content of a `.cast` file. */
  toText: () => string
}

interface AsciicastOptions {
  columns: number
  rows: number
  title: string
  /** Milliseconds since 1970, when it begins. */
  startedAt: number
  /** Milliseconds of any clock. */
  now: () => number
}

/** Serial ports give one character at a time; what comes within this (ms) is one event. */
const MERGED_WITHIN = 16

interface CastEvent {
  /** Milliseconds since the beginning. */
  at: number
  type: 'o' | 'r'
  data: string
}

/** Begins a recording. Source: docs.asciinema.org/manual/asciicast/v2. */
export function createAsciicast(options: AsciicastOptions): Asciicast {
  const { columns, rows, title, startedAt, now } = options
  const header = {
    version: 2,
    width: columns,
    height: rows,
    timestamp: Math.floor(startedAt / 1000),
    title,
    env: { TERM: 'xterm-256color' },
  }
  const events: CastEvent[] = []
  const begin = now()
  // A character may be cut in two by the network.
  const decoder = new TextDecoder()
  const addOutput = (data: string) => {
    const at = now() - begin
    const last = events.at(-1)
    if (last?.type === 'o' && at - last.at <= MERGED_WITHIN) last.data += data
    else events.push({ at, type: 'o', data })
  }
  const lineOf = ({ at, type, data }: CastEvent) =>
    JSON.stringify([Math.round(at * 1000) / 1_000_000, type, data])

  return {
    output: (bytes) => {
      const text = typeof bytes === 'string' ? bytes : decoder.decode(bytes, { stream: true })
      if (text !== '') addOutput(text)
    },
    resize: (size) => {
      events.push({ at: now() - begin, type: 'r', data: `${size.columns}x${size.rows}` })
    },
    toText: () => `${[JSON.stringify(header), ...events.map(lineOf)].join('\n')}\n`,
  }
}
