import { statusErrors } from '@virtdeck/kubernetes'
import { TooOldError } from '../../store/resource-log.ts'
import { mediaRanges, representationOf } from '../content.ts'
import { invalidOptions, listCauses } from '../option-rules.ts'
import type { RequestContext } from '../request-context.ts'
import { flag } from '../request-info.ts'
import { versionProblem } from '../resource-versions.ts'
import { selectionOf } from '../selection.ts'
import { errorLine, type WatchedForm } from '../watch-events.ts'
import { WatchStream } from '../watch-stream.ts'
import { Watcher } from '../watcher.ts'
import { includeObjectOf } from './read.ts'

const BOOKMARK_INTERVAL = 60_000
/** The last bookmark comes so long before the end; a watch shorter than that has none. */
const BEFORE_END = 2_000
const SHORTEST_SECONDS = 1800

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
export async function watchObjects(context: RequestContext): Promise<void> {
  const { cluster, definition, info, url, request, response } = context
  const { store } = cluster
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
  const timeout = Number(url.searchParams.get('timeoutSeconds')) || 0
  const seconds = timeout > 0 ? timeout : SHORTEST_SECONDS * (1 + Math.random())
  const initialEvents = flag(url, 'sendInitialEvents')
  const stream = new WatchStream(response)
  const closed = new Promise<void>((resolve) => response.once('close', resolve))
  if (from > store.version && !initialEvents) {
    const { message } = new TooOldError(from, store.version)
    stream.write([errorLine(statusErrors.expired(message).status)])
    stream.end()
    return
  }
  const watcher = new Watcher({
    store,
    stream,
    form,
    selection,
    namespace: definition.namespaced ? info.namespace : '',
  })
  const unfollow = watcher.start(
    from > 0 && !initialEvents ? { version: from } : { initialEvents },
  )
  const stop = endInTime({
    milliseconds: seconds * 1000,
    bookmark: flag(url, 'allowWatchBookmarks') ? () => watcher.bookmark() : undefined,
    end: () => stream.end(),
    closing: cluster.closing,
  })
  await closed
  stop()
  unfollow()
}

/** Ends a watch when its time is up or the server stops; bookmarks come now and then until then. */
function endInTime(options: {
  milliseconds: number
  bookmark: (() => void) | undefined
  end: () => void
  closing: AbortSignal
}): () => void {
  const { milliseconds, bookmark, end, closing } = options
  const ending = setTimeout(end, milliseconds)
  const marking = bookmark && setInterval(bookmark, BOOKMARK_INTERVAL)
  const last =
    bookmark && milliseconds > BEFORE_END
      ? setTimeout(bookmark, milliseconds - BEFORE_END)
      : undefined
  closing.addEventListener('abort', end)
  return () => {
    clearTimeout(ending)
    clearTimeout(last)
    clearInterval(marking)
    closing.removeEventListener('abort', end)
  }
}
