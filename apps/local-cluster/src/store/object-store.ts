import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs'
import { open, type Database, type RootDatabase } from 'lmdb'
import { ChangeLog, type ChangeListener, type ChangeLogLimits } from './change-log.ts'
import type { Change } from './change.ts'
import { Committer, StorageFullError, VERSION_KEY } from './committer.ts'
import { storeKey, type KeyRange, type StoreKey } from './keys.ts'
import { mergeAtVersion, type Entry } from './past-range.ts'
import { Snapshot } from './snapshot.ts'

export interface ObjectStoreOptions {
  directory: string
  changeLog?: Partial<ChangeLogLimits>
  /** Upper bound of the file; address space only, not disk. */
  mapSize?: number
}

/** What a write decides; `json` receives the version that the write gets. */
export type Write =
  | { type: 'put'; json: (version: number) => string }
  | { type: 'delete'; json: (version: number) => string }

export interface RangeAtVersion {
  version: number
  entries: Entry[]
  /** Objects behind the last entry; undefined if not asked for. */
  remaining: number | undefined
}

const GIGABYTE = 2 ** 30
/** One for each list and each watch that is being sent what is there. */
const MAX_READERS = 2_000

/** Below this a start is refused: LMDB would touch memory that the disk cannot back (SIGBUS). */
const NEEDED_AT_START = 8 * 2 ** 20
const NEEDED_TO_WRITE = 2 ** 20

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory)
  return bavail * bsize
}

/**
 * The objects of the cluster: JSON text by key, durable, with one counter of versions for all.
 *
 * Writes are decided synchronously on the newest state (`latest`, which sees writes on their way
 * to the disk), so two writers cannot overwrite each other unknowingly. Reads of clients (`get`,
 * `range`) see committed state only. A write is acknowledged after its transaction is flushed.
 */
export class ObjectStore {
  readonly #environment: RootDatabase<string, string>
  readonly #objects: Database<string, string>
  readonly #meta: Database<string, string>
  readonly #log: ChangeLog
  readonly #committer: Committer
  /** Writes on their way to the disk: key → text, or undefined for a deletion. */
  readonly #pending = new Map<string, { version: number; json: string | undefined }>()
  readonly #snapshots = new Set<Snapshot>()
  #version: number
  #committedVersion: number

  constructor(options: ObjectStoreOptions) {
    mkdirSync(options.directory, { recursive: true })
    const { directory } = options
    accessSync(directory, constants.W_OK)
    if (freeBytes(directory) < NEEDED_AT_START) throw new StorageFullError('no space left')
    this.#environment = open<string, string>({
      path: directory,
      noSubdir: false,
      encoding: 'string',
      // One flush per commit, before it is acknowledged (the default flushes after).
      overlappingSync: false,
      maxDbs: 4,
      mapSize: options.mapSize ?? 64 * GIGABYTE,
      remapChunks: false,
      maxReaders: MAX_READERS,
    })
    this.#objects = this.#environment.openDB<string, string>({
      name: 'objects',
      encoding: 'string',
    })
    this.#meta = this.#environment.openDB<string, string>({ name: 'meta', encoding: 'string' })
    this.#version = Number(this.#meta.get(VERSION_KEY) ?? 0)
    this.#committedVersion = this.#version
    this.#log = new ChangeLog(this.#version, options.changeLog)
    this.#committer = new Committer({
      environment: this.#environment,
      objects: this.#objects,
      meta: this.#meta,
      onCommitted: (changes) => {
        for (const change of changes) {
          if (this.#pending.get(change.key)?.version === change.version) {
            this.#pending.delete(change.key)
          }
        }
        this.#committedVersion = changes.at(-1)?.version ?? this.#committedVersion
        this.#log.append(changes)
      },
      diskIsFull: () => freeBytes(directory) < NEEDED_TO_WRITE,
      onFailed: () => this.#pending.clear(),
    })
  }

  /** The version up to which listeners have been told everything. */
  get committedVersion(): number {
    return this.#committedVersion
  }

  /** The version of the newest write, committed or on its way. */
  get version(): number {
    return this.#version
  }

  /** The committed object. */
  get(key: StoreKey): string | undefined {
    return this.#objects.get(storeKey(key))
  }

  /** The newest state of the object, which may still be on its way to the disk. */
  latest(key: StoreKey): string | undefined {
    const text = storeKey(key)
    const pending = this.#pending.get(text)
    return pending === undefined ? this.#objects.get(text) : pending.json
  }

  /** The newest states of all objects in a range. For admission and the like, not for clients. */
  *latestRange(range: KeyRange): Generator<string> {
    const written = [...this.#pending].filter(([key]) => key >= range.start && key < range.end)
    const overridden = new Set(written.map(([key]) => key))
    for (const { key, value } of this.#objects.getRange(range)) {
      if (!overridden.has(key)) yield value
    }
    for (const [, { json }] of written) if (json !== undefined) yield json
  }

  /** Writes; resolves when the write is on disk. Must be called in the turn of `latest`. */
  async write(key: StoreKey, write: Write): Promise<Change> {
    const text = storeKey(key)
    const previous = this.latest(key)
    this.#version += 1
    const version = this.#version
    const json = write.json(version)
    const put = previous === undefined ? 'ADDED' : 'MODIFIED'
    const type = write.type === 'delete' ? 'DELETED' : put
    const change: Change = { ...key, key: text, type, version, json, previous }
    this.#pending.set(text, { version, json: type === 'DELETED' ? undefined : json })
    await this.#committer.submit(change)
    return change
  }

  /** The first objects of a range, as of now; `version` is the version they are consistent with. */
  range(range: KeyRange, options: { limit?: number; count?: boolean } = {}): RangeAtVersion {
    const transaction = this.#environment.useReadTransaction()
    try {
      const version = Number(this.#meta.get(VERSION_KEY, { transaction }) ?? 0)
      const bounds = { ...range, transaction }
      const limit = options.limit ?? Number.POSITIVE_INFINITY
      const entries: Entry[] = []
      for (const { key, value } of this.#objects.getRange({
        ...bounds,
        ...(options.limit === undefined ? {} : { limit }),
      })) {
        entries.push({ key, json: value })
      }
      const counted = options.count === true && entries.length >= limit
      const remaining = counted ? this.#objects.getKeysCount(bounds) - entries.length : 0
      return { version, entries, remaining: options.count === true ? remaining : undefined }
    } finally {
      transaction.done()
    }
  }

  /** The first objects of a range as they were at a version; throws TooOldError. */
  rangeAt(options: {
    resource: string
    range: KeyRange
    version: number
    limit: number
  }): Entry[] {
    const { resource, range, version, limit } = options
    const transaction = this.#environment.useReadTransaction()
    try {
      const committed = Number(this.#meta.get(VERSION_KEY, { transaction }) ?? 0)
      // What is on the disk already, though its writers have not heard of it.
      const unheard = this.#committer.writing.filter((change) => change.resource === resource)
      const changes = [...this.#log.since(resource, version), ...unheard].filter(
        (change) => change.version <= committed,
      )
      const rows = this.#objects.getRange({ ...range, transaction })
      return mergeAtVersion({ rows, changes, range, limit })
    } finally {
      transaction.done()
    }
  }

  /** Whether a range has more objects than so many, without reading them. */
  hasMoreThan(range: KeyRange, count: number): boolean {
    return this.#objects.getKeysCount({ ...range, limit: count + 1 }) > count
  }

  /** A range as of now, to be read bit by bit and closed. */
  snapshot(range: KeyRange): Snapshot {
    const transaction = this.#environment.useReadTransaction()
    const version = Number(this.#meta.get(VERSION_KEY, { transaction }) ?? 0)
    const snapshot = new Snapshot({
      version,
      objects: this.#objects,
      transaction,
      range,
      onClosed: () => this.#snapshots.delete(snapshot),
    })
    this.#snapshots.add(snapshot)
    return snapshot
  }

  /** See ChangeLog.since. */
  changesAfter(resource: string, version: number, limit?: number): Change[] {
    return this.#log.since(resource, version, limit)
  }

  /** See ChangeLog.isTooOld. */
  isTooOld(resource: string, version: number): boolean {
    return this.#log.isTooOld(resource, version)
  }

  /** See ChangeLog.follow. */
  follow(resource: string, follower: () => void): () => void {
    return this.#log.follow(resource, follower)
  }

  /** See ChangeLog.subscribe. */
  subscribe(resource: string, version: number, listener: ChangeListener): () => void {
    return this.#log.subscribe(resource, version, listener)
  }

  /** Copies the database without its free pages, for a start of the server to swap in. */
  async compactTo(directory: string): Promise<void> {
    await this.#environment.backup(directory, true)
  }

  async close(): Promise<void> {
    await this.#committer.idle()
    for (const snapshot of this.#snapshots) snapshot.close()
    await this.#environment.close()
  }
}
