/** How a viewer wants pixels. */
export interface PixelFormat {
  bytesPerPixel: number
  bigEndian: boolean
  /** Highest value and position of each colour. */
  red: Channel
  green: Channel
  blue: Channel
  /** As it goes over the wire. */
  bytes: Buffer
}

interface Channel {
  max: number
  shift: number
}

/** PIXEL_FORMAT of RFC 6143, 7.4. */
export function parsePixelFormat(bytes: Buffer): PixelFormat {
  return {
    bytesPerPixel: Math.max(1, (bytes[0] ?? 32) >> 3),
    bigEndian: bytes[2] === 1,
    red: { max: bytes.readUInt16BE(4), shift: bytes[10] ?? 0 },
    green: { max: bytes.readUInt16BE(6), shift: bytes[11] ?? 0 },
    blue: { max: bytes.readUInt16BE(8), shift: bytes[12] ?? 0 },
    bytes,
  }
}

/** 32 bits, blue first: what QEMU offers too. */
export const BGRX = parsePixelFormat(
  Buffer.from([32, 24, 0, 1, 0, 255, 0, 255, 0, 255, 16, 8, 0, 0, 0, 0]),
)

/** 0xRRGGBB colours in the viewer's format. */
export function encodePixels(colours: Uint32Array, format: PixelFormat): Buffer {
  const { bytesPerPixel, bigEndian, red, green, blue } = format
  const buffer = Buffer.alloc(colours.length * bytesPerPixel)
  // A screen of text has few colours.
  const encoded = new Map<number, Buffer>()
  for (let index = 0; index < colours.length; index += 1) {
    const colour = colours[index] ?? 0
    let pixel = encoded.get(colour)
    if (pixel === undefined) {
      const value = scale(colour >> 16, red) | scale(colour >> 8, green) | scale(colour, blue)
      pixel = Buffer.alloc(bytesPerPixel)
      if (bigEndian) pixel.writeUIntBE(value >>> 0, 0, bytesPerPixel)
      else pixel.writeUIntLE(value >>> 0, 0, bytesPerPixel)
      encoded.set(colour, pixel)
    }
    pixel.copy(buffer, index * bytesPerPixel)
  }
  return buffer
}

const scale = (value: number, { max, shift }: Channel): number =>
  Math.round(((value & 0xff) * max) / 255) << shift
