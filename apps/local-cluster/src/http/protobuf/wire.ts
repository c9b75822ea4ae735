/** How a field's bytes are read. */
export type FieldType =
  | 'string'
  | 'bytes'
  | 'integer'
  | 'boolean'
  | 'time'
  | 'intOrString'
  | 'quantity'
  | Message

/** A field: its name in JSON, its type, and whether it is a list or a map by string. */
export type Field = [name: string, type: FieldType, many?: 'list' | 'map']

/** A protobuf message as a table: field number → field. */
export interface Message {
  [number: number]: Field
}

/** The bytes are not what the table says. */
export class ProtobufError extends Error {}

type JsonObject = Record<string, unknown>

interface RawField {
  number: number
  /** Of a varint. */
  value: bigint
  /** Of a length-delimited field. */
  bytes: Uint8Array
}

const NO_BYTES = new Uint8Array()
const decoder = new TextDecoder()

class Reader {
  #position = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get done(): boolean {
    return this.#position >= this.#bytes.length
  }

  #varint(): bigint {
    let result = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#position]
      if (byte === undefined) break
      this.#position += 1
      result |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return BigInt.asIntN(64, result)
    }
    throw new ProtobufError('bad varint')
  }

  #take(length: number): Uint8Array {
    const end = this.#position + length
    if (length < 0 || end > this.#bytes.length) throw new ProtobufError('unexpected EOF')
    const bytes = this.#bytes.subarray(this.#position, end)
    this.#position = end
    return bytes
  }

  next(): RawField {
    const tag = Number(this.#varint())
    const number = tag >> 3
    switch (tag & 7) {
      case 0:
        return { number, value: this.#varint(), bytes: NO_BYTES }
      case 1:
        return { number, value: 0n, bytes: this.#take(8) }
      case 2:
        return { number, value: 0n, bytes: this.#take(Number(this.#varint())) }
      case 5:
        return { number, value: 0n, bytes: this.#take(4) }
      default:
        throw new ProtobufError(`bad wire type of field ${number}`)
    }
  }
}

function readTime(bytes: Uint8Array): string | undefined {
  const { seconds = 0 } = decodeMessage(bytes, { 1: ['seconds', 'integer'] })
  if (seconds === 0) return undefined
  return new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z')
}

function readIntOrString(bytes: Uint8Array): number | string {
  const {
    type,
    int = 0,
    string = '',
  } = decodeMessage(bytes, {
    1: ['type', 'integer'],
    2: ['int', 'integer'],
    3: ['string', 'string'],
  })
  return type === 1 ? String(string) : Number(int)
}

/** The value in JSON; undefined for what Go leaves out of JSON when it is empty. */
function readValue(type: FieldType, { value, bytes }: RawField): unknown {
  switch (type) {
    case 'string':
      return decoder.decode(bytes)
    case 'bytes':
      return Buffer.from(bytes).toString('base64')
    case 'integer':
      return Number(value)
    case 'boolean':
      return value !== 0n
    case 'time':
      return readTime(bytes)
    case 'intOrString':
      return readIntOrString(bytes)
    case 'quantity':
      return decodeMessage(bytes, { 1: ['string', 'string'] })['string'] ?? '0'
    default:
      return decodeMessage(bytes, type)
  }
}

/** Decodes a message by its table; unknown fields are passed over, empty strings left out. */
export function decodeMessage(bytes: Uint8Array, message: Message): JsonObject {
  const reader = new Reader(bytes)
  const result: JsonObject = {}
  while (!reader.done) {
    const raw = reader.next()
    const field = message[raw.number]
    if (field === undefined) continue
    const [name, type, many] = field
    if (many === 'map') {
      const entry = decodeMessage(raw.bytes, { 1: ['key', 'string'], 2: ['value', type] })
      const map = (result[name] ??= Object.create(null)) as JsonObject
      map[typeof entry['key'] === 'string' ? entry['key'] : ''] = entry['value'] ?? ''
      continue
    }
    const value = readValue(type, raw)
    if (many === 'list') ((result[name] ??= []) as unknown[]).push(value)
    else if (value !== undefined && value !== '') result[name] = value
  }
  return result
}
