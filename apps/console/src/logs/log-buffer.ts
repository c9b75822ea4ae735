import type { LogLine } from './log-line.ts'

interface LogBufferLimits {
  lines: number
  /** Of all texts together. */
  characters: number
}

/** About a hundred megabytes at most, and less than browsers can scroll over. */
export const LOG_LIMITS: LogBufferLimits = { lines: 500_000, characters: 64 * 1024 * 1024 }

/** How many lines may lie unused at the front before they are cut off. */
const SLACK = 50_000

/**
 * The newest lines of a log, under the numbers that they have had since the log was opened.
 * What is beyond the limits is forgotten from the front.
 */
export class LogBuffer {
  readonly #limits: LogBufferLimits
  #lines: LogLine[] = []
  /** How many at the front of the array are forgotten. */
  #offset = 0
  #characters = 0
  #first = 0

  constructor(limits: LogBufferLimits = LOG_LIMITS) {
    this.#limits = limits
  }

  /** The number of the oldest line that is kept: as many were forgotten. */
  get first(): number {
    return this.#first
  }

  /** The number that the next line will have: as many were received. */
  get end(): number {
    return this.#first + this.#lines.length - this.#offset
  }

  get characters(): number {
    return this.#characters
  }

  line(number: number): LogLine | undefined {
    if (number < this.#first) return undefined
    return this.#lines[number - this.#first + this.#offset]
  }

  append(lines: readonly LogLine[]): void {
    for (const line of lines) {
      this.#lines.push(line)
      this.#characters += line.time.length + line.text.length
    }
    this.#forget()
  }

  #forget(): void {
    const { lines, characters } = this.#limits
    while (this.end - this.#first > lines || this.#characters > characters) {
      const oldest = this.#lines[this.#offset]
      if (oldest === undefined) break
      this.#characters -= oldest.time.length + oldest.text.length
      this.#offset += 1
      this.#first += 1
    }
    if (this.#offset > Math.min(SLACK, lines)) {
      this.#lines = this.#lines.slice(this.#offset)
      this.#offset = 0
    }
  }
}
