import { statusErrors } from '@virtdeck/kubernetes'
import { TooOldError } from '../../store/change-log.ts'
import type { Change } from '../../store/change.ts'
import { rangeOf } from '../../store/keys.ts'
import { mediaRanges, representationOf } from '../content.ts'
import type { RequestContext } from '../request-context.ts'
import { flag } from '../request-info.ts'
import { invalidOptions, listCauses } from '../option-rules.ts'
import { versionProblem } from '../resource-versions.ts'
import { selectionOf, type Selection } from '../selection.ts'
import { fromStored, storedResource } from '../stored-form.ts'
import {
  bookmarkLine,
  errorLine,
  eventLine,
  sharedLine,
  transitionOf,
  type WatchedForm,
} from '../watch-events.ts'
import { WatchStream } from '../watch-stream.ts'
import { includeObjectOf } from './read.ts'

const BOOKMARK_INTERVAL = 60_000
/** The last bookmark comes so long before the end; a watch shorter than that has none. */
const BEFORE_END = 2_000
const SHORTEST_SECONDS = 1800
/** Lines written before waiting for the client to take them. */
const RUN = 200
/** Changes that may wait while a slow client still takes the initial objects. */
const WAITING_LIMIT = 20_000

function startVersion({ definition, url }: RequestContext): number {
  const text = url.searchParams.get('resourceVersion') ?? ''
  if (text === '') return 0
  if (/^\d+$/.test(text)) return Number(text)
  const { group, resource } = definition
  throw statusErrors.invalid({ group, kind: resource }, '', [
    {
      reason: 'FieldValueInvalid',
      message: versionProblem(text).replace('resourceVersion: ', ''),
      field: 'resourceVersion',
    },
  ])
}

/** GET of a collection with `?watch=1`: lines of events until the time is up. */
export function watchObjects(context: RequestContext): Promise<void> {
  const { cluster, definition, info, url, request, response } = context
  const selection = selectionOf(definition, url)
  const causes = listCauses(url.searchParams, true)
  if (causes.length > 0) throw invalidOptions('ListOptions', causes)
  const from = startVersion(context)
  const representation = representationOf(request.headers.accept)
  const form: WatchedForm = {
    definition,
    version: info.version,
    representation,
    includeObject: includeObjectOf(url),
  }
  const streaming = mediaRanges(request.headers.accept).some(
    ({ parameters }) => parameters.get('stream') === 'watch',
  )
  response.statusCode = 200
  response.setHeader('Cache-Control', 'no-cache, private')
  response.setHeader('Content-Type', `application/json${streaming ? ';stream=watch' : ''}`)
  // Informers wait for the headers before they believe that the watch stands.
  response.flushHeaders()
  const watch = new Watch(context, selection, form)
  const timeout = Number(url.searchParams.get('timeoutSeconds')) || 0
  const seconds = timeout > 0 ? timeout : SHORTEST_SECONDS * (1 + Math.random())
  return watch.run({
    from,
    milliseconds: seconds * 1000,
    bookmarks: flag(url, 'allowWatchBookmarks'),
    initialEvents: flag(url, 'sendInitialEvents'),
    closing: cluster.closing,
  })
}

class Watch {
  readonly #context: RequestContext
  readonly #selection: Selection
  readonly #form: WatchedForm
  readonly #stream: WatchStream
  /** Changes that came while the initial objects were being written. */
  #waiting: Change[] | undefined
  #first = true

  constructor(context: RequestContext, selection: Selection, form: WatchedForm) {
    this.#context = context
    this.#selection = selection
    this.#form = form
    this.#stream = new WatchStream(context.response)
  }

  async run(options: {
    from: number
    milliseconds: number
    bookmarks: boolean
    initialEvents: boolean
    closing: AbortSignal
  }): Promise<void> {
    const { from, milliseconds, bookmarks, initialEvents, closing } = options
    const { response } = this.#context
    const closed = new Promise<void>((resolve) => response.once('close', resolve))
    const end = (): void => this.#stream.end()
    const ending = setTimeout(end, milliseconds)
    const last =
      bookmarks && milliseconds > BEFORE_END
        ? setTimeout(() => this.#bookmark(), milliseconds - BEFORE_END)
        : undefined
    const marking = bookmarks
      ? setInterval(() => this.#bookmark(), BOOKMARK_INTERVAL)
      : undefined
    closing.addEventListener('abort', end)
    let unsubscribe: (() => void) | undefined
    try {
      unsubscribe = await this.#start(from, initialEvents)
      await closed
    } finally {
      clearTimeout(ending)
      clearTimeout(last)
      clearInterval(marking)
      closing.removeEventListener('abort', end)
      unsubscribe?.()
    }
  }

  /** Begins to tell of changes, after the present objects where those are asked for. */
  async #start(from: number, initialEvents: boolean): Promise<() => void> {
    const { store } = this.#context.cluster
    const { definition } = this.#form
    const resource = storedResource(definition)
    const listener = (change: Change): void => this.#onChange(change)
    if (from > 0 && !initialEvents) {
      try {
        if (from > store.version) throw new TooOldError(from, store.version)
        return store.subscribe(resource, from, listener)
      } catch (error) {
        if (!(error instanceof TooOldError)) throw error
        this.#stream.write(errorLine(statusErrors.expired(error.message).status))
        this.#stream.end()
        return () => {}
      }
    }
    const namespace = definition.namespaced ? this.#context.info.namespace : ''
    const { version, entries } = store.range(rangeOf(resource, namespace))
    this.#waiting = []
    const unsubscribe = store.subscribe(resource, version, listener)
    try {
      await this.#writeInitial(entries.map(({ json }) => json))
    } catch (error) {
      unsubscribe()
      throw error
    }
    if (initialEvents) this.#stream.write(bookmarkLine(this.#form, version, true))
    const waiting = this.#waiting
    this.#waiting = undefined
    for (const change of waiting) this.#onChange(change)
    return unsubscribe
  }

  async #writeInitial(jsons: string[]): Promise<void> {
    const { name, matches } = this.#selection
    const { definition } = this.#form
    let written = 0
    for (const json of jsons) {
      if (!this.#stream.open) return
      if (name !== undefined || matches !== undefined) {
        const object = fromStored(definition, json)
        if (name !== undefined && object.metadata?.name !== name) continue
        if (matches?.(object) === false) continue
      }
      this.#stream.write(eventLine('ADDED', json, this.#form, this.#first))
      this.#first = false
      written += 1
      if (written % RUN === 0) await this.#stream.drained()
    }
  }

  #onChange(change: Change): void {
    const { definition } = this.#form
    const { namespace } = this.#context.info
    if (definition.namespaced && namespace !== '' && namespace !== change.namespace) return
    if (this.#waiting !== undefined) {
      this.#waiting.push(change)
      if (this.#waiting.length > WAITING_LIMIT) this.#context.response.destroy()
      return
    }
    const transition = transitionOf(change, definition, this.#selection)
    if (transition === undefined) return
    const { type, json } = transition
    this.#stream.write(
      this.#first && this.#form.representation.form === 'table'
        ? eventLine(type, json, this.#form, true)
        : sharedLine(change, transition, this.#form),
    )
    this.#first = false
  }

  #bookmark(): void {
    if (this.#waiting !== undefined) return
    this.#stream.write(bookmarkLine(this.#form, this.#context.cluster.store.committedVersion))
  }
}
