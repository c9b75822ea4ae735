/** The types of SPDY/3.1 control frames that this protocol uses. */
export const TYPES = { synStream: 1, synReply: 2, rstStream: 3, ping: 6, goAway: 7 } as const
export const FIN = 1

const CONTROL = 0x80
const VERSION = 3
const HEADER_LENGTH = 8
/** The length of a frame has 24 bits. */
const LONGEST = 0xff_ff_ff

export type Frame =
  | { kind: 'data'; stream: number; flags: number; content: Buffer }
  | { kind: 'control'; type: number; flags: number; content: Buffer }

/** Cuts a stream of bytes into frames. */
export class FrameParser {
  #pending: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): Frame[] {
    const frames: Frame[] = []
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    while (this.#pending.length >= HEADER_LENGTH) {
      const end = HEADER_LENGTH + this.#pending.readUIntBE(5, 3)
      if (this.#pending.length < end) break
      const frame = this.#pending.subarray(0, end)
      this.#pending = this.#pending.subarray(end)
      frames.push(parseFrame(frame))
    }
    return frames
  }
}

function parseFrame(frame: Buffer): Frame {
  const flags = frame.readUInt8(4)
  const content = frame.subarray(HEADER_LENGTH)
  if ((frame.readUInt8(0) & CONTROL) === 0) {
    return { kind: 'data', stream: frame.readUInt32BE(0), flags, content }
  }
  return { kind: 'control', type: frame.readUInt16BE(2), flags, content }
}

export function controlFrame(type: number, content: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_LENGTH)
  header.writeUInt16BE((CONTROL << 8) | VERSION, 0)
  header.writeUInt16BE(type, 2)
  header.writeUIntBE(content.length, 5, 3)
  return Buffer.concat([header, content])
}

export function dataFrames(stream: number, content: Buffer, flags = 0): Buffer {
  if (content.length > LONGEST) {
    const first = dataFrames(stream, content.subarray(0, LONGEST))
    return Buffer.concat([first, dataFrames(stream, content.subarray(LONGEST), flags)])
  }
  const header = Buffer.alloc(HEADER_LENGTH)
  header.writeUInt32BE(stream, 0)
  header.writeUInt8(flags, 4)
  header.writeUIntBE(content.length, 5, 3)
  return Buffer.concat([header, content])
}

/** A stream's id, alone or before something else. */
export function streamIdOf(content: Buffer): number {
  return content.readUInt32BE(0) & 0x7f_ff_ff_ff
}

export function withStreamId(stream: number, rest: Buffer): Buffer {
  const id = Buffer.alloc(4)
  id.writeUInt32BE(stream)
  return Buffer.concat([id, rest])
}
