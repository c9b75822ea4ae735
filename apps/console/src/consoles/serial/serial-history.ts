/** What hosts replay to a new viewer is not more than this, as far as we know of them. */
const LIMIT = 128 * 1024
/** Fewer equal bytes are chance: prompts repeat themselves. */
const SHORTEST_REPETITION = 64

/**
 * Remembers the end of what a guest said. Hosts may begin a connection by repeating some of
 * it, so that a new viewer does not see an empty screen; one that reconnects would see it
 * twice.
 */
export function createSerialHistory() {
  let chunks: Uint8Array[] = []
  let size = 0

  return {
    remember(bytes: Uint8Array): void {
      chunks.push(bytes)
      size += bytes.length
      while (chunks[0] && size - chunks[0].length >= LIMIT) {
        size -= chunks[0].length
        chunks.shift()
      }
    },

    /** The bytes behind those that repeat the end of what is remembered. */
    withoutRepetition(bytes: Uint8Array): Uint8Array {
      const next = withoutQueries(bytes)
      const repeated = overlap(withoutQueries(join(chunks)), next)
      return repeated < SHORTEST_REPETITION ? bytes : next.subarray(repeated)
    },
  }
}

/**
 * Hosts may leave out what asks the terminal for something (cursor position, attributes)
 * when they replay it, so that it is not answered twice.
 */
function withoutQueries(bytes: Uint8Array): Uint8Array {
  const kept: Uint8Array[] = []
  let start = 0
  for (let index = bytes.indexOf(ESC); index !== -1; index = bytes.indexOf(ESC, index + 1)) {
    const end = endOfQuery(bytes, index)
    if (end === undefined) continue
    kept.push(bytes.subarray(start, index))
    start = end
  }
  return start === 0 ? bytes : join([...kept, bytes.subarray(start)])
}

const ESC = 0x1b
const charCode = (character: string) => character.charCodeAt(0)
const QUERY_PARAMETERS = new Set(Array.from('?>=0123456789;', charCode))
const QUERY_ENDS = new Set(Array.from('nc', charCode))

/** Where `ESC [ parameters n` (or c) that begins at `start` ends; undefined for others. */
function endOfQuery(bytes: Uint8Array, start: number): number | undefined {
  if (bytes[start + 1] !== charCode('[')) return undefined
  let index = start + 2
  while (QUERY_PARAMETERS.has(bytes[index] ?? 0)) index += 1
  return QUERY_ENDS.has(bytes[index] ?? 0) ? index + 1 : undefined
}

export function join(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0))
  let offset = 0
  for (const chunk of chunks) {
    joined.set(chunk, offset)
    offset += chunk.length
  }
  return joined
}

/**
 * The length of the longest end of `seen` that `next` begins with. Knuth, Morris and Pratt:
 * linear, because a guest may have printed a hundred thousand equal bytes.
 */
export function overlap(seen: Uint8Array, next: Uint8Array): number {
  // borders[i]: the longest proper beginning of next[0..i] that is also its end.
  const borders = new Uint32Array(next.length)
  const grow = (matched: number, byte: number | undefined): number => {
    let length = matched
    while (length > 0 && (length === next.length || next[length] !== byte)) {
      length = borders[length - 1] ?? 0
    }
    return next[length] === byte ? length + 1 : length
  }
  for (let index = 1; index < next.length; index += 1) {
    borders[index] = grow(borders[index - 1] ?? 0, next[index])
  }
  let matched = 0
  for (const byte of seen.subarray(-next.length)) matched = grow(matched, byte)
  return next.length === 0 ? 0 : matched
}
