import type { Database, Transaction } from 'lmdb'
import type { KeyRange } from './keys.ts'
import type { Entry } from './past-range.ts'

/**
 * A range as it was at one moment, read bit by bit, over several turns if need be: what is large
 * need not be in memory at once, and others get their turn. While it is open the database cannot
 * reuse the pages that it sees, so it must be closed, and soon.
 */
export class Snapshot {
  readonly version: number
  readonly #objects: Database<string, string>
  readonly #transaction: Transaction
  readonly #end: string
  #next: string
  #state: 'open' | 'finished' | 'closed' = 'open'
  readonly #onClosed: () => void

  constructor(options: {
    version: number
    objects: Database<string, string>
    transaction: Transaction
    range: KeyRange
    onClosed: () => void
  }) {
    const { version, objects, transaction, range, onClosed } = options
    this.#onClosed = onClosed
    this.version = version
    this.#objects = objects
    this.#transaction = transaction
    this.#next = range.start
    this.#end = range.end
  }

  /** The next entries, so many at most; none when there are no more. */
  read(limit: number): Entry[] {
    if (this.#state === 'finished') return []
    // What is left out must never look like the end: a reader would take it for deleted.
    if (this.#state === 'closed') throw new Error('the snapshot is closed')
    const bounds = { start: this.#next, end: this.#end, limit, transaction: this.#transaction }
    const entries: Entry[] = []
    for (const { key, value } of this.#objects.getRange(bounds)) {
      entries.push({ key, json: value })
    }
    const last = entries.at(-1)
    if (last === undefined) this.#release('finished')
    else this.#next = `${last.key}\u0000`
    return entries
  }

  close(): void {
    if (this.#state === 'open') this.#release('closed')
  }

  #release(state: 'finished' | 'closed'): void {
    this.#state = state
    this.#transaction.done()
    this.#onClosed()
  }
}
