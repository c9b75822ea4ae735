/** Keeps the last bytes of a stream. */
export class RingBuffer {
  readonly #capacity: number
  #chunks: Buffer[] = []
  #length = 0

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    // Trimmed in one go when it has grown to twice the size, not on every byte.
    if (this.#length > 2 * this.#capacity) this.#compact()
  }

  /** The last bytes, at most the capacity. */
  content(): Buffer {
    this.#compact()
    return this.#chunks[0] ?? Buffer.alloc(0)
  }

  #compact(): void {
    const all = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks)
    const kept = Buffer.from((all ?? Buffer.alloc(0)).subarray(-this.#capacity))
    this.#chunks = kept.length > 0 ? [kept] : []
    this.#length = kept.length
  }
}
