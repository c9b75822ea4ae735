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
  const lines = [JSON.stringify(header)]
  const begin = now()
  // A character may be cut in two by the network.
  const decoder = new TextDecoder()
  const add = (type: 'o' | 'r', data: string) =>
    lines.push(JSON.stringify([Math.round((now() - begin) * 1000) / 1_000_000, type, data]))

  return {
    output: (bytes) => {
      const text = typeof bytes === 'string' ? bytes : decoder.decode(bytes, { stream: true })
      if (text !== '') add('o', text)
    },
    resize: (size) => void add('r', `${size.columns}x${size.rows}`),
    toText: () => `${lines.join('\n')}\n`,
  }
}
