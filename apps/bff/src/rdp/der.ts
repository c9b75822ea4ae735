/** The little of DER that RDCleanPath needs: tag, length, value; definite lengths only. */
export interface DerElement {
  tag: number
  value: Buffer
}

export const DER = {
  integer: 0x02,
  octetString: 0x04,
  utf8String: 0x0c,
  sequence: 0x30,
} as const

/** An explicit, constructed context tag. */
export const contextTag = (number: number): number => 0xa0 + number

export class DerError extends Error {
  override name = 'DerError'
}

export function encodeElement(tag: number, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), encodeLength(value.length), value])
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return Buffer.from([0x80 + bytes.length, ...bytes])
}

export function encodeInteger(value: number): Buffer {
  const bytes: number[] = []
  for (let rest = value; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  // A first bit that is set would make it negative.
  if (bytes.length === 0 || (bytes[0] ?? 0) >= 0x80) bytes.unshift(0)
  return encodeElement(DER.integer, Buffer.from(bytes))
}

/** The first element and how many bytes it took; undefined while more bytes are needed. */
export function readElement(
  bytes: Buffer,
): { element: DerElement; length: number } | undefined {
  const tag = bytes[0]
  const first = bytes[1]
  if (tag === undefined || first === undefined) return undefined
  let length = first
  let start = 2
  if (first >= 0x80) {
    const count = first - 0x80
    if (count === 0 || count > 3) throw new DerError('a length is not valid')
    start += count
    if (bytes.length < start) return undefined
    length = bytes.readUIntBE(2, count)
  }
  if (bytes.length < start + length) return undefined
  const value = bytes.subarray(start, start + length)
  return { element: { tag, value }, length: start + length }
}

/** All elements inside of one. */
export function readElements(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = []
  let rest = bytes
  while (rest.length > 0) {
    const read = readElement(rest)
    if (!read) throw new DerError('an element is cut off')
    elements.push(read.element)
    rest = rest.subarray(read.length)
  }
  return elements
}
