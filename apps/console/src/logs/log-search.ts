import type { LogBuffer } from './log-buffer.ts'

/** The clock is looked at after so many lines. */
const STEP = 2_000

/** Finds the lines of a growing log that contain a text, in any case, a bit at a time. */
export class LogSearch {
  readonly query: string
  readonly #pattern: RegExp
  readonly #buffer: LogBuffer
  #next: number
  #matches: number[] = []

  constructor(buffer: LogBuffer, query: string) {
    this.query = query
    this.#buffer = buffer
    this.#pattern = patternOf(query)
    this.#next = buffer.first
  }

  /** Numbers of the lines found so far, in order; those forgotten are left out. */
  get matches(): readonly number[] {
    const { first } = this.#buffer
    if ((this.#matches[0] ?? first) < first) {
      this.#matches = this.#matches.filter((line) => line >= first)
    }
    return this.#matches
  }

  /** Searches on for that long (ms); true when there is nothing more to look at. */
  advance(budget: number): boolean {
    const buffer = this.#buffer
    const until = performance.now() + budget
    this.#next = Math.max(this.#next, buffer.first)
    while (this.#next < buffer.end) {
      const stop = Math.min(buffer.end, this.#next + STEP)
      for (; this.#next < stop; this.#next += 1) {
        const text = buffer.line(this.#next)?.text ?? ''
        if (this.#pattern.test(text)) this.#matches.push(this.#next)
      }
      if (performance.now() > until) return this.#next >= buffer.end
    }
    return true
  }
}

const patternOf = (query: string, flags = 'i'): RegExp =>
  new RegExp(query.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), flags)

/** The text in pieces, every second of which (index 1, 3 …) is what was searched for. */
export function splitMatches(text: string, query: string): string[] {
  if (query === '') return [text]
  const pieces: string[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(patternOf(query, 'gi'))) {
    pieces.push(text.slice(from, index), found)
    from = index + found.length
  }
  return [...pieces, text.slice(from)]
}
