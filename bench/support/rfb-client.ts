import { once } from 'node:events'
import { createConnection } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout } from 'node:timers/promises'

const SECURITY_NONE = 1
const SERVER_INIT_BYTES = 24
const RECTANGLE_BYTES = 12

/** As much of RFC 6143 as it takes to press keys and to see that the picture changes. */
export class RfbClient {
  readonly #socket: Duplex
  readonly #chunks: AsyncIterator<Buffer>
  #received = Buffer.alloc(0)
  #change: Promise<number> | undefined
  #bytesPerPixel = 4
  #size = { width: 0, height: 0 }

  private constructor(socket: Duplex) {
    this.#socket = socket
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  static async connect(path: string): Promise<RfbClient> {
    const socket = createConnection({ path })
    await once(socket, 'connect')
    return RfbClient.over(socket)
  }

  static async over(stream: Duplex): Promise<RfbClient> {
    const client = new RfbClient(stream)
    await client.#shakeHands()
    return client
  }

  close(): void {
    this.#socket.destroy()
  }

  /** Presses and releases a key, and resolves when the picture has changed. */
  async press(keysym: number): Promise<void> {
    const change = this.#nextChange()
    for (const isDown of [1, 0]) {
      const event = Buffer.from([4, isDown, 0, 0, 0, 0, 0, 0])
      event.writeUInt32BE(keysym, 4)
      this.#socket.write(event)
    }
    await change
    this.#change = undefined
  }

  /** Takes the changes that come in so many milliseconds. */
  async watch(milliseconds: number): Promise<void> {
    const isOver = Symbol('over')
    const pause = setTimeout(milliseconds, isOver)
    // oxlint-disable-next-line no-await-in-loop -- one change after the other
    while ((await Promise.race([this.#nextChange(), pause])) !== isOver) {
      this.#change = undefined
    }
  }

  /** The server answers a request when there is a change; not more than one is open. */
  #nextChange(): Promise<number> {
    if (!this.#change) {
      this.#ask({ isIncremental: true })
      this.#change = this.#update()
    }
    return this.#change
  }

  /** Resolves with the bytes of the whole picture; later updates are changes of it. */
  async wholePicture(): Promise<number> {
    this.#ask({ isIncremental: false })
    return this.#update()
  }

  async #shakeHands(): Promise<void> {
    this.#socket.write(await this.#read(12))
    const [count = 0] = await this.#read(1)
    await this.#read(count)
    this.#socket.write(Buffer.from([SECURITY_NONE]))
    await this.#read(4)
    const shared = 1
    this.#socket.write(Buffer.from([shared]))
    const init = await this.#read(SERVER_INIT_BYTES)
    this.#size = { width: init.readUInt16BE(0), height: init.readUInt16BE(2) }
    this.#bytesPerPixel = init.readUInt8(4) / 8
    await this.#read(init.readUInt32BE(20))
    const rawOnly = Buffer.from([2, 0, 0, 1, 0, 0, 0, 0])
    this.#socket.write(rawOnly)
  }

  #ask({ isIncremental }: { isIncremental: boolean }): void {
    const request = Buffer.alloc(10)
    request[0] = 3
    request[1] = isIncremental ? 1 : 0
    request.writeUInt16BE(this.#size.width, 6)
    request.writeUInt16BE(this.#size.height, 8)
    this.#socket.write(request)
  }

  /** Resolves with the bytes of its pixels. */
  async #update(): Promise<number> {
    const [type] = await this.#read(1)
    if (type !== 0) throw new Error(`an update was expected, and message ${type} came`)
    const head = await this.#read(3)
    let bytes = 0
    for (let left = head.readUInt16BE(1); left > 0; left -= 1) {
      const rectangle = await this.#read(RECTANGLE_BYTES)
      const pixels = rectangle.readUInt16BE(4) * rectangle.readUInt16BE(6)
      await this.#read(pixels * this.#bytesPerPixel)
      bytes += pixels * this.#bytesPerPixel
    }
    return bytes
  }

  async #read(length: number): Promise<Buffer> {
    while (this.#received.length < length) {
      const { value, done } = await this.#chunks.next()
      if (done) throw new Error('the server has closed the connection')
      this.#received = Buffer.concat([this.#received, value])
    }
    const bytes = this.#received.subarray(0, length)
    this.#received = this.#received.subarray(length)
    return bytes
  }
}
