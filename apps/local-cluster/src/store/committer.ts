import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database, RootDatabase } from 'lmdb'
import type { Change } from './change.ts'

/** Key of the latest resource version in the `meta` database. */
export const VERSION_KEY = 'resourceVersion'

/** The disk is full or the database file cannot grow: the write did not happen. */
export class StorageFullError extends Error {
  constructor(cause: unknown) {
    super('the disk of the data directory is full', { cause })
    this.name = 'StorageFullError'
  }
}

/** LMDB answers a short write on a full disk with EIO, so its words alone do not tell. */
const FULL = /ENOSPC|MDB_MAP_FULL|No space left|mapsize limit reached|EDQUOT/i

const ignore = (): void => {}

interface Pending {
  change: Change
  resolve: () => void
  reject: (error: Error) => void
}

export interface CommitterOptions {
  environment: RootDatabase<string, string>
  objects: Database<string, string>
  meta: Database<string, string>
  /** Called once per batch, after it is on disk and before the writers are told. */
  onCommitted: (changes: Change[]) => void
  /** Whether the disk has (nearly) no space left. */
  diskIsFull: () => boolean
  /** Called when a batch failed: nothing of it, and nothing queued behind it, was written. */
  onFailed: () => void
}

/**
 * Writes changes in batches, one transaction at a time: while one batch is flushed to disk, the
 * next collects. When a batch fails, what waits behind it fails too, because later writes may have
 * been computed from earlier ones.
 */
export class Committer {
  #queue: Pending[] = []
  #running = false
  #idle: (() => void)[] = []
  readonly #options: CommitterOptions
  #writing: readonly Change[] = []

  constructor(options: CommitterOptions) {
    this.#options = options
  }

  /** The changes of the transaction that is being written, or has been a moment ago. */
  get writing(): readonly Change[] {
    return this.#writing
  }

  submit(change: Change): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ change, resolve, reject })
      if (!this.#running) {
        this.#running = true
        // Starting in the next turn lets the requests of this one share the first transaction.
        setImmediate(() => void this.#run())
      }
    })
  }

  /** Resolves when nothing is queued or being written. */
  idle(): Promise<void> {
    return this.#running
      ? new Promise((resolve) => this.#idle.push(resolve))
      : Promise.resolve()
  }

  async #run(): Promise<void> {
    while (this.#queue.length > 0) {
      const batch = this.#queue
      this.#queue = []
      const changes = batch.map(({ change }) => change)
      this.#writing = changes
      try {
        await this.#write(changes)
      } catch (error) {
        const cause = await causeOf(error)
        const full = FULL.test(String(cause)) || this.#options.diskIsFull()
        const failure = full ? new StorageFullError(cause) : cause
        const failed = [...batch, ...this.#queue]
        this.#queue = []
        this.#options.onFailed()
        for (const { reject } of failed) reject(failure as Error)
        continue
      } finally {
        this.#writing = []
      }
      this.#options.onCommitted(changes)
      for (const { resolve } of batch) resolve()
    }
    this.#running = false
    for (const resolve of this.#idle.splice(0)) resolve()
  }

  #write(changes: Change[]): Promise<void> {
    const { environment, objects, meta } = this.#options
    return environment.transaction(() => {
      for (const change of changes) {
        const { key, json } = change
        const written = change.type === 'DELETED' ? objects.remove(key) : objects.put(key, json)
        // Fails together with the transaction, whose own promise is the one that counts.
        written.catch?.(ignore)
      }
      const written = meta.put(VERSION_KEY, String(changes.at(-1)?.version))
      written.catch?.(ignore)
    })
  }
}

/** What made a commit fail: LMDB rejects with a placeholder and tells the reason a moment later. */
async function causeOf(failure: unknown): Promise<unknown> {
  const reason = (failure as { commitError?: Promise<never> }).commitError
  if (reason === undefined) return failure
  const told = reason.catch((cause: unknown) => cause)
  return Promise.race([told, nextTurn(failure)])
}
