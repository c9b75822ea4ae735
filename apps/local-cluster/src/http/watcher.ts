import { setImmediate as nextTurn } from 'node:timers/promises'
import { statusErrors } from '@virtdeck/kubernetes'
import type { Change } from '../store/change.ts'
import { rangeOf } from '../store/keys.ts'
import type { ObjectStore } from '../store/object-store.ts'
import { TooOldError } from '../store/resource-log.ts'
import type { Selection } from './selection.ts'
import { fromStored, storedResource } from './stored-form.ts'
import {
  bookmarkLine,
  errorLine,
  eventLine,
  sharedLine,
  transitionOf,
  type WatchedForm,
} from './watch-events.ts'
import type { WatchStream } from './watch-stream.ts'

/** Events read at a time. */
const RUN = 100
/** One write to a client is about so large. */
const WRITE_SIZE = 64 * 1024

export interface WatcherOptions {
  store: ObjectStore
  stream: WatchStream
  form: WatchedForm
  selection: Selection
  /** Empty: all. */
  namespace: string
}

/**
 * Tells one client of changes. It keeps nothing but its place in the log of changes and reads on
 * from there whenever the client has taken what it got: a client that is slow costs no memory, and
 * one that is too slow is ended when the log has forgotten what it would need next.
 */
export class Watcher {
  readonly #options: WatcherOptions
  readonly #resource: string
  /** Everything up to here has been told. */
  #position = 0
  #state: 'starting' | 'idle' | 'scheduled' | 'telling' | 'ended' = 'starting'
  #first = true

  constructor(options: WatcherOptions) {
    this.#options = options
    this.#resource = storedResource(options.form.definition)
  }

  /** Begins behind a version, or with what is there now. Returns the function that ends it. */
  start(from: { version: number } | { initialEvents: boolean }): () => void {
    const { store } = this.#options
    const unfollow = store.follow(this.#resource, () => this.#onNews())
    void this.#begin(from).catch((error: unknown) => this.#fail(error))
    return unfollow
  }

  /** Tells from where the client may resume. */
  bookmark(): void {
    const { store, stream, form } = this.#options
    if (this.#state === 'starting' || this.#state === 'ended' || stream.full) return
    const version = this.#state === 'idle' ? store.committedVersion : this.#position
    stream.write([bookmarkLine(form, version)])
  }

  async #begin(from: { version: number } | { initialEvents: boolean }): Promise<void> {
    if ('version' in from) this.#position = from.version
    else await this.#tellWhatIsThere(from.initialEvents)
    await this.#tell()
  }

  #onNews(): void {
    const { store, stream } = this.#options
    if (this.#state === 'idle') {
      this.#state = 'scheduled'
      // The writers hear of their success first.
      setImmediate(() => {
        void this.#tell().catch((error: unknown) => this.#fail(error))
      })
    } else if (this.#state === 'telling' && store.isTooOld(this.#resource, this.#position)) {
      stream.cut()
    }
  }

  #fail(error: unknown): void {
    const { stream } = this.#options
    this.#state = 'ended'
    if (!(error instanceof TooOldError)) {
      stream.cut()
      return
    }
    stream.write([errorLine(statusErrors.expired(error.message).status)])
    stream.end()
  }

  async #tell(): Promise<void> {
    const { store, stream } = this.#options
    this.#state = 'telling'
    while (stream.open) {
      const changes = store.changesAfter(this.#resource, this.#position, RUN)
      if (changes.length === 0) break
      let lines: Buffer[] = []
      let size = 0
      for (const change of changes) {
        this.#position = change.version
        const line = this.#lineOf(change)
        if (line === undefined) continue
        lines.push(line)
        size += line.length
        if (size < WRITE_SIZE) continue
        stream.write(lines)
        lines = []
        size = 0
        if (stream.full) break
      }
      stream.write(lines)
      if (stream.full) await stream.drained()
    }
    this.#state = 'idle'
  }

  #lineOf(change: Change): Buffer | undefined {
    const { form, selection, namespace } = this.#options
    if (namespace !== '' && namespace !== change.namespace) return undefined
    const transition = transitionOf(change, form.definition, selection)
    if (transition === undefined) return undefined
    const { type, json } = transition
    const withColumns = this.#first && form.representation.form === 'table'
    this.#first = false
    return withColumns
      ? eventLine(type, json, form, true)
      : sharedLine(change, transition, form)
  }

  async #tellWhatIsThere(initialEvents: boolean): Promise<void> {
    const { store, stream, form, namespace } = this.#options
    const snapshot = store.snapshot(rangeOf(this.#resource, namespace))
    try {
      for (;;) {
        const entries = snapshot.read(RUN)
        if (entries.length === 0) break
        const lines = entries.flatMap(({ json }) => this.#initialLine(json))
        stream.write(lines)
        if (stream.full) await stream.drained()
        else await nextTurn()
        if (!stream.open) return
      }
    } finally {
      snapshot.close()
    }
    this.#position = snapshot.version
    if (initialEvents) stream.write([bookmarkLine(form, snapshot.version, true)])
  }

  #initialLine(json: string): Buffer[] {
    const { form, selection } = this.#options
    const { name, matches } = selection
    if (name !== undefined || matches !== undefined) {
      const object = fromStored(form.definition, json)
      if (name !== undefined && object.metadata?.name !== name) return []
      if (matches?.(object) === false) return []
    }
    const line = eventLine('ADDED', json, form, this.#first)
    this.#first = false
    return [line]
  }
}
