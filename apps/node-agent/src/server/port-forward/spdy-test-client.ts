import { constants, createDeflate } from 'node:zlib'
import { controlFrame, TYPES, withStreamId } from './spdy-frames.ts'
import { DICTIONARY } from './spdy-headers.ts'

export const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const word = (value: string) => Buffer.concat([uint32(value.length), Buffer.from(value)])

/** What a client sends to open streams: its blocks of headers are one compressed stream. */
export class SpdyTestClient {
  readonly #deflate = createDeflate({ dictionary: DICTIONARY, flush: constants.Z_SYNC_FLUSH })

  async synStream(id: number, headers: Record<string, string>): Promise<Buffer> {
    const entries = Object.entries(headers)
    const block = Buffer.concat([uint32(entries.length), ...entries.flat().map(word)])
    await new Promise<void>((resolve) => this.#deflate.write(block, () => resolve()))
    const content = [uint32(0), Buffer.alloc(2), this.#deflate.read() as Buffer]
    return controlFrame(TYPES.synStream, withStreamId(id, Buffer.concat(content)))
  }
}
