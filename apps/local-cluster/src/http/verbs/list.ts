import { statusErrors, type KubernetesObject, type Status } from '@virtdeck/kubernetes'
import { TooOldError } from '../../store/resource-log.ts'
import { decodeContinueToken, encodeContinueToken } from '../../store/continue-token.ts'
import { rangeOf, storeKey } from '../../store/keys.ts'
import type { ResourceDefinition } from '../../registry.ts'
import type { ObjectStore } from '../../store/object-store.ts'
import type { Entry } from '../../store/past-range.ts'
import { encoded, representationOf, type Representation } from '../content.ts'
import { goJsonError } from '../go-json-error.ts'
import { invalidOptions, listCauses } from '../option-rules.ts'
import { checkVersion, versionOf } from '../resource-versions.ts'
import type { RequestContext } from '../request-context.ts'
import { apiVersionOf } from '../resource-index.ts'
import { send } from '../respond.ts'
import { selectionOf, type Selection } from '../selection.ts'
import { fromStored, itemText, storedResource, storeKeyOf } from '../stored-form.ts'
import { partialObject, tableText } from '../tables.ts'
import { STREAMED_FROM, streamList } from './list-stream.ts'
import { includeObjectOf } from './read.ts'

interface Page {
  version: number
  jsons: string[]
  /** Key of the last object, when there may be more. */
  last: string | undefined
  remaining: number | undefined
}

interface PageRequest {
  version: number | undefined
  after: string | undefined
  remaining: number | undefined
  limit: number | undefined
}

const SCAN = 500

function numberParameter(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name)
  if (text === null || text === '') return undefined
  if (!/^[+-]?\d+$/.test(text)) {
    throw statusErrors.badRequest(
      `strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
    )
  }
  return Number(text)
}

/** What the query asks for: the first page, one behind a token, or a past version. */
function pageRequestOf(url: URL): PageRequest {
  const wanted = numberParameter(url, 'limit') ?? 0
  const limit = wanted > 0 ? wanted : undefined
  const token = url.searchParams.get('continue') ?? ''
  if (token !== '') {
    const position = decodeContinueToken(token)
    if (position === undefined) {
      throw statusErrors.badRequest(
        `invalid continue token: continue key is not valid: ${tokenProblem(token)}`,
      )
    }
    const asked = url.searchParams.get('resourceVersion') ?? ''
    if (asked !== '' && asked !== '0') {
      throw statusErrors.badRequest(
        'specifying resource version is not allowed when using continue',
      )
    }
    const { version, after, remaining } = position
    return { version: version === 0 ? undefined : version, after, remaining, limit }
  }
  const exact = url.searchParams.get('resourceVersionMatch') === 'Exact'
  const version = exact ? versionOf(url) : undefined
  return { version, after: undefined, remaining: undefined, limit }
}

/** GET of a collection. */
export async function listObjects(context: RequestContext): Promise<void> {
  const { cluster, definition, info, url, request, response } = context
  const selection = selectionOf(definition, url)
  const causes = listCauses(url.searchParams, false)
  if (causes.length > 0) throw invalidOptions('ListOptions', causes)
  const wanted = pageRequestOf(url)
  checkVersion(cluster.store, url)
  const representation = representationOf(request.headers.accept)
  if (await streamedWhole(context, { selection, wanted, representation })) return
  const page =
    selection.name === undefined
      ? readPage(context, selection, wanted)
      : readOne(context, selection, selection.name)
  const more = page.last !== undefined
  const metadata: Record<string, unknown> = {
    resourceVersion: String(page.version),
    ...(more
      ? {
          continue: encodeContinueToken({
            version: page.version,
            after: page.last ?? '',
            ...(page.remaining === undefined ? {} : { remaining: page.remaining }),
          }),
          ...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
        }
      : {}),
  }
  const { form, version: metaVersion } = representation
  const { version } = info
  const texts = {
    object: () => {
      const items = page.jsons.map((json) => itemText(definition, version, json))
      return `${listHead(definition, version, metadata)}${items.join(',')}]}`
    },
    table: () => {
      const includeObject = includeObjectOf(url)
      return tableText(page.jsons, metadata, {
        definition,
        version,
        metaVersion,
        includeObject,
      })
    },
    partial: () =>
      JSON.stringify({
        kind: 'PartialObjectMetadataList',
        apiVersion: `meta.k8s.io/${metaVersion}`,
        metadata,
        items: page.jsons.map((json) =>
          partialObject(fromStored(definition, json), metaVersion),
        ),
      }),
  }
  await send(request, response, {
    status: 200,
    ...(await encoded(representation, texts[form]())),
  })
}

/** The JSON of a list of whole objects up to its items. */
function listHead(definition: ResourceDefinition, version: string, metadata: object): string {
  const apiVersion = apiVersionOf(definition, version)
  const meta = definition.custom ? { continue: '', ...metadata } : metadata
  const head = { kind: definition.listKind, apiVersion, metadata: meta }
  return `${JSON.stringify(head).slice(0, -1)},"items":[`
}

/** Sends everything bit by bit where all of a large collection is wanted; false otherwise. */
async function streamedWhole(
  context: RequestContext,
  list: { selection: Selection; wanted: PageRequest; representation: Representation },
): Promise<boolean> {
  const { cluster, definition, info, request, response } = context
  const { selection, wanted, representation } = list
  const { limit, version, after } = wanted
  const isWhole = limit === undefined && version === undefined && after === undefined
  if (!isWhole || selection.name !== undefined) return false
  if (representation.form !== 'object' || representation.yaml) return false
  const namespace = definition.namespaced ? info.namespace : ''
  const range = rangeOf(storedResource(definition), namespace)
  const { matches } = selection
  if (!cluster.store.hasMoreThan(range, STREAMED_FROM)) return false
  const snapshot = cluster.store.snapshot(range)
  await streamList(request, response, {
    head: listHead(definition, info.version, { resourceVersion: String(snapshot.version) }),
    snapshot,
    itemOf: (json) =>
      matches?.(fromStored(definition, json)) === false
        ? undefined
        : itemText(definition, info.version, json),
  })
  return true
}

/** What Go says of a token that is no base64, or not one of ours. */
function tokenProblem(token: string): string {
  const at = /[^\w-]/.exec(token)?.index ?? (token.length % 4 === 1 ? token.length - 1 : -1)
  if (at >= 0) return `illegal base64 data at input byte ${at}`
  const text = Buffer.from(token, 'base64url').toString('utf8')
  return goJsonError(text) ?? 'server does not recognize this encoded version ""'
}

function readOne(context: RequestContext, selection: Selection, name: string): Page {
  const { cluster, definition, info } = context
  if (definition.namespaced && info.namespace === '') {
    // One name in all namespaces: look through them.
    const matches = (object: KubernetesObject): boolean =>
      object.metadata?.name === name && (selection.matches?.(object) ?? true)
    const anywhere = { name: undefined, matches }
    return readPage(context, anywhere, {
      version: undefined,
      after: undefined,
      remaining: undefined,
      limit: undefined,
    })
  }
  const key = storeKey(storeKeyOf(definition, info.namespace, name))
  const { version, entries } = cluster.store.range({ start: key, end: `${key}\u0000` })
  const jsons = entries
    .map(({ json }) => json)
    .filter((json) => selection.matches?.(fromStored(definition, json)) ?? true)
  return { version, jsons, last: undefined, remaining: undefined }
}

/** Objects of the range in steps, until `limit` of them match. */
function readPage(context: RequestContext, selection: Selection, wanted: PageRequest): Page {
  const { cluster, definition, info } = context
  const { matches } = selection
  const { limit } = wanted
  const namespace = definition.namespaced ? info.namespace : ''
  const resource = storedResource(definition)
  const range = rangeOf(resource, namespace)
  const start = wanted.after === undefined ? range.start : `${wanted.after}\u0000`
  const jsons: string[] = []
  let { version, remaining } = wanted
  let next = start
  let last: string | undefined
  for (;;) {
    const step =
      limit === undefined ? Number.POSITIVE_INFINITY : matches === undefined ? limit : SCAN
    const bounds = { start: next, end: range.end }
    const entries = ((): Entry[] => {
      if (version !== undefined) {
        return readAt(cluster.store, {
          resource,
          range: bounds,
          version,
          limit: step,
          after: next,
        })
      }
      const count = limit !== undefined && matches === undefined && wanted.after === undefined
      const options = limit === undefined ? {} : { limit: step, count }
      const now = cluster.store.range(bounds, options)
      version = now.version
      if (now.remaining !== undefined) remaining = now.remaining + now.entries.length
      return now.entries
    })()
    for (const { key, json } of entries) {
      if (matches !== undefined && !matches(fromStored(definition, json))) continue
      if (limit !== undefined && jsons.length === limit) {
        return { version, jsons, last, remaining: undefined }
      }
      jsons.push(json)
      last = key
    }
    const exhausted = entries.length < step
    if (matches === undefined && remaining !== undefined) remaining -= entries.length
    if (exhausted) return { version, jsons, last: undefined, remaining: undefined }
    if (matches === undefined) {
      const more = remaining === undefined || remaining > 0
      return { version, jsons, last: more ? last : undefined, remaining }
    }
    next = `${entries.at(-1)?.key ?? next}\u0000`
  }
}

function readAt(
  store: ObjectStore,
  options: Parameters<ObjectStore['rangeAt']>[0] & { after: string },
): Entry[] {
  try {
    return store.rangeAt(options)
  } catch (error) {
    if (!(error instanceof TooOldError)) throw error
    const status: Status = statusErrors.expired(
      'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.',
    ).status
    const after = options.after.split('\u0000')[0] ?? ''
    const failure = statusErrors.expired(status.message ?? '')
    failure.status.metadata = { continue: encodeContinueToken({ version: 0, after }) }
    throw failure
  }
}
