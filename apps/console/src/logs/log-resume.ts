import { sortableTime, type LogLine } from './log-line.ts'

/**
 * Goes on with a log where a broken connection left it. `sinceTime` reaches a kubelet in
 * whole seconds, so it repeats lines: those before the last one that is known, and as many
 * of that one's time as were seen.
 */
export class LogResume {
  /** The time of the last line, and how many lines in a row had it. */
  #last = ''
  #count = 0
  #skip: { before: string; equal: number } | undefined

  /** What to ask for next; undefined to begin at the beginning. */
  get sinceTime(): string | undefined {
    return this.#last === '' ? undefined : this.#last
  }

  /** A new connection was opened with {@link sinceTime}. */
  reopened(): void {
    const before = sortableTime(this.#last)
    this.#skip = before === undefined ? undefined : { before, equal: this.#count }
  }

  /** Those lines that were not seen before the break. */
  fresh(lines: LogLine[]): LogLine[] {
    const repeated = this.#skip === undefined ? 0 : this.#repeatedIn(lines, this.#skip)
    const fresh = repeated === 0 ? lines : lines.slice(repeated)
    for (const { time } of fresh) {
      if (time === this.#last) this.#count += 1
      else if (time !== '') {
        this.#last = time
        this.#count = 1
      }
    }
    return fresh
  }

  /** How many of these lines, which are the next ones of a repetition, were seen. */
  #repeatedIn(lines: LogLine[], skip: { before: string; equal: number }): number {
    for (const [index, { time }] of lines.entries()) {
      const sortable = sortableTime(time) ?? ''
      if (sortable < skip.before) continue
      if (sortable === skip.before && skip.equal > 0) {
        skip.equal -= 1
        continue
      }
      this.#skip = undefined
      return index
    }
    return lines.length
  }
}
