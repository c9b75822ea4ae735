import { crc32, deflateSync } from 'node:zlib'

/** A PNG picture of 0xRRGGBB colours. */
export function encodePng(colours: Uint32Array, width: number): Buffer {
  const height = colours.length / width
  const lines = Buffer.alloc(height * (1 + width * 3))
  for (let index = 0; index < colours.length; index += 1) {
    const line = Math.floor(index / width)
    const offset = line * (1 + width * 3) + 1 + (index % width) * 3
    lines.writeUIntBE(colours[index] ?? 0, offset, 3)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits for each of red, green and blue.
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const frame = Buffer.alloc(typed.length + 8)
  frame.writeUInt32BE(content.length, 0)
  typed.copy(frame, 4)
  frame.writeUInt32BE(crc32(typed), typed.length + 4)
  return frame
}
