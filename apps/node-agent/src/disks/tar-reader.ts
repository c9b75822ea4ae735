export interface TarEntry {
  name: string
  size: number
  type: 'file' | 'other'
}

const BLOCK = 512

/** What to do with an entry: take its content, or pass over it. */
export type TarSink = ((chunk: Buffer) => Promise<void>) | undefined

/**
 * Reads a tar archive from a stream with constant memory: ustar names, GNU long names and the
 * path and size of pax headers. `select` decides about each entry.
 */
export async function readTar(
  source: AsyncIterable<Buffer>,
  select: (entry: TarEntry) => TarSink | Promise<TarSink>,
): Promise<void> {
  const input = new ByteReader(source)
  let longName: string | undefined
  let extended: Record<string, string> = {}
  for (;;) {
    const header = await input.take(BLOCK)
    if (header === undefined || header.every((byte) => byte === 0)) return
    const type = String.fromCharCode(header[156] ?? 0)
    const size = Number(extended['size'] ?? sizeOf(header))
    const padding = (BLOCK - (size % BLOCK)) % BLOCK
    if (type === 'L' || type === 'x') {
      const content = (await input.take(size)) ?? Buffer.alloc(0)
      if (type === 'L') longName = text(content)
      else extended = parsePax(content)
      await input.forward(padding)
      continue
    }
    const name = extended['path'] ?? longName ?? nameOf(header)
    const isFile = type === '0' || type === '\0'
    const sink = await select({ name, size, type: isFile ? 'file' : 'other' })
    await input.forward(size, sink)
    await input.forward(padding)
    longName = undefined
    extended = {}
  }
}

const text = (bytes: Buffer): string => bytes.toString('utf8').replace(/\0.*$/s, '')

function nameOf(header: Buffer): string {
  const prefix = text(header.subarray(345, 500))
  const name = text(header.subarray(0, 100))
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Octal digits, or a big-endian number where the first bit says so. */
function sizeOf(header: Buffer): number {
  const field = header.subarray(124, 136)
  if (((field[0] ?? 0) & 0x80) !== 0) return Number(field.readBigUInt64BE(4))
  return Number.parseInt(text(field).trim() || '0', 8)
}

/** Records of the form `<length> <key>=<value>\n`. */
function parsePax(content: Buffer): Record<string, string> {
  const fields: Record<string, string> = {}
  let offset = 0
  while (offset < content.length) {
    const space = content.indexOf(0x20, offset)
    const length = Number(content.subarray(offset, space).toString('latin1'))
    if (space < 0 || !(length > 0)) break
    const record = content.subarray(space + 1, offset + length - 1).toString('utf8')
    const equals = record.indexOf('=')
    fields[record.slice(0, equals)] = record.slice(equals + 1)
    offset += length
  }
  return fields
}

class ByteReader {
  readonly #source: AsyncIterator<Buffer>
  #chunk: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]()
  }

  /** Exactly that many bytes, or undefined at the end. */
  async take(length: number): Promise<Buffer | undefined> {
    const parts: Buffer[] = []
    let missing = length
    while (missing > 0) {
      if (this.#chunk.length === 0 && !(await this.#next())) {
        if (parts.length > 0) throw new Error('the archive ends too early')
        return undefined
      }
      const part = this.#chunk.subarray(0, missing)
      this.#chunk = this.#chunk.subarray(part.length)
      missing -= part.length
      parts.push(part)
    }
    return Buffer.concat(parts)
  }

  /** Passes that many bytes on to the sink, if there is one. */
  async forward(length: number, sink?: TarSink): Promise<void> {
    let missing = length
    while (missing > 0) {
      if (this.#chunk.length === 0 && !(await this.#next())) {
        throw new Error('the archive ends too early')
      }
      const part = this.#chunk.subarray(0, missing)
      this.#chunk = this.#chunk.subarray(part.length)
      missing -= part.length
      if (sink) await sink(part)
    }
  }

  async #next(): Promise<boolean> {
    const { done, value } = await this.#source.next()
    if (done) return false
    this.#chunk = value
    return true
  }
}
