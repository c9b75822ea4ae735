import type { Duplex } from 'node:stream'
import { BGRX, encodePixels, parsePixelFormat, type PixelFormat } from './pixel-format.ts'
import {
  ROW_HEIGHT,
  SCREEN_HEIGHT,
  SCREEN_ROWS,
  SCREEN_WIDTH,
  type TextScreen,
} from './text-screen.ts'

export interface RfbServerOptions {
  screen: TextScreen
  name: string
  /** A key was pressed: an X11 keysym. */
  onKey: (keysym: number) => void
}

type Step = 'version' | 'security' | 'init' | 'message'

const RAW_ENCODING = 0
/** Lengths of the client's fixed-size messages; the others say theirs. */
const MESSAGE_LENGTH: Record<number, number> = { 0: 20, 3: 10, 4: 8, 5: 6 }

/**
 * An RFB 3.8 server for one viewer of a text screen: no password, Raw encoding, and only the
 * rows that changed. Source: RFC 6143.
 */
export class RfbServer {
  readonly #client: Duplex
  readonly #options: RfbServerOptions
  readonly #dirty = new Set<number>()
  #step: Step = 'version'
  #input: Buffer = Buffer.alloc(0)
  #format: PixelFormat = BGRX
  #updateWanted = false

  private constructor(client: Duplex, options: RfbServerOptions) {
    this.#client = client
    this.#options = options
    const unwatch = options.screen.watch((row) => {
      this.#dirty.add(row)
      this.#update()
    })
    client.on('data', (chunk: Buffer) => this.#read(chunk))
    client.on('error', () => client.destroy())
    client.on('close', unwatch)
    client.write('RFB 003.008\n')
  }

  /** Serves the viewer until it goes away. */
  static serve(client: Duplex, options: RfbServerOptions): RfbServer {
    return new RfbServer(client, options)
  }

  #read(chunk: Buffer): void {
    this.#input = Buffer.concat([this.#input, chunk])
    for (;;) {
      const length = this.#neededLength()
      if (length === undefined || this.#input.length < length) return
      const message = this.#input.subarray(0, length)
      this.#input = this.#input.subarray(length)
      this.#handle(message)
    }
  }

  /** How long the next message is; undefined if that is not known yet. */
  #neededLength(): number | undefined {
    if (this.#step === 'version') return 12
    if (this.#step === 'security' || this.#step === 'init') return 1
    const type = this.#input[0]
    if (type === undefined) return undefined
    if (type === 2) {
      return this.#input.length < 4 ? undefined : 4 + 4 * this.#input.readUInt16BE(2)
    }
    if (type === 6) {
      return this.#input.length < 8 ? undefined : 8 + this.#input.readUInt32BE(4)
    }
    const length = MESSAGE_LENGTH[type]
    // An unknown message has an unknown length: there is no way on.
    if (length === undefined) this.#client.destroy()
    return length
  }

  #handle(message: Buffer): void {
    switch (this.#step) {
      case 'version':
        this.#step = 'security'
        this.#client.write(Buffer.from([1, 1]))
        return
      case 'security':
        this.#step = 'init'
        this.#client.write(Buffer.alloc(4))
        return
      case 'init':
        this.#step = 'message'
        this.#client.write(this.#serverInit())
        return
      default:
        this.#handleMessage(message)
    }
  }

  #handleMessage(message: Buffer): void {
    const type = message[0]
    if (type === 0) this.#format = parsePixelFormat(message.subarray(4))
    else if (type === 3) {
      const incremental = message[1] === 1
      if (!incremental) {
        for (let row = 0; row < SCREEN_ROWS; row += 1) this.#dirty.add(row)
      }
      this.#updateWanted = true
      this.#update()
    } else if (type === 4 && message[1] === 1) {
      this.#options.onKey(message.readUInt32BE(4))
    }
  }

  #serverInit(): Buffer {
    const name = Buffer.from(this.#options.name)
    const head = Buffer.alloc(24)
    head.writeUInt16BE(SCREEN_WIDTH, 0)
    head.writeUInt16BE(SCREEN_HEIGHT, 2)
    BGRX.bytes.copy(head, 4)
    head.writeUInt32BE(name.length, 20)
    return Buffer.concat([head, name])
  }

  /** Sends what changed, once for each time that the viewer asked. */
  #update(): void {
    if (!this.#updateWanted || this.#dirty.size === 0) return
    this.#updateWanted = false
    const head = Buffer.alloc(4)
    head.writeUInt16BE(this.#dirty.size, 2)
    const parts: Buffer[] = [head]
    for (const row of this.#dirty) {
      const rectangle = Buffer.alloc(12)
      rectangle.writeUInt16BE(row * ROW_HEIGHT, 2)
      rectangle.writeUInt16BE(SCREEN_WIDTH, 4)
      rectangle.writeUInt16BE(ROW_HEIGHT, 6)
      rectangle.writeInt32BE(RAW_ENCODING, 8)
      parts.push(rectangle, encodePixels(this.#options.screen.draw(row), this.#format))
    }
    this.#dirty.clear()
    this.#client.write(Buffer.concat(parts))
  }
}
