import type { KubernetesObject, Status } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import type { Change } from '../store/change.ts'
import type { Representation } from './content.ts'
import type { Selection } from './selection.ts'
import { apiVersionOf } from './resource-index.ts'
import { fromStored, objectText } from './stored-form.ts'
import { partialObject, tableText, type IncludeObject } from './tables.ts'

export type EventType = 'ADDED' | 'MODIFIED' | 'DELETED'

export interface WatchedForm {
  definition: ResourceDefinition
  version: string
  representation: Representation
  includeObject: IncludeObject
}

const line = (type: string, object: string): Buffer =>
  Buffer.from(`{"type":"${type}","object":${object}}\n`)

/** The line that tells of one object. */
export function eventLine(
  type: EventType,
  json: string,
  form: WatchedForm,
  first = false,
): Buffer {
  const { definition, version, representation } = form
  if (representation.form === 'object') return line(type, objectText(definition, version, json))
  const object = fromStored(definition, json)
  if (representation.form === 'partial') {
    return line(type, JSON.stringify(partialObject(object, representation.version)))
  }
  const metadata = { resourceVersion: object.metadata?.resourceVersion }
  return line(
    type,
    tableText([json], metadata, {
      ...form,
      metaVersion: representation.version,
      withColumns: first,
    }),
  )
}

export function bookmarkLine(form: WatchedForm, version: number, initial = false): Buffer {
  const { definition } = form
  const object = {
    kind: definition.kind,
    apiVersion: apiVersionOf(definition, form.version),
    metadata: {
      resourceVersion: String(version),
      creationTimestamp: null,
      ...(initial ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
    },
  }
  return line('BOOKMARK', JSON.stringify(object))
}

export function errorLine(status: Status): Buffer {
  return line('ERROR', JSON.stringify(status))
}

/** What a change means for a watcher, or undefined if it does not concern it. */
export interface Transition {
  type: EventType
  json: string
}

/** What watchers share about one change. */
interface Shared {
  now?: KubernetesObject
  before?: KubernetesObject
  lines: Map<string, Buffer>
}

/*
 * Watchers that keep up read the same changes in the same turn, so what is remembered until the
 * next one is enough for all of them to share one parsing and one serialisation.
 */
const sharedOfTurn = new Map<Change, Shared>()

function sharedOf(change: Change): Shared {
  let shared = sharedOfTurn.get(change)
  if (shared === undefined) {
    if (sharedOfTurn.size === 0) setTimeout(() => sharedOfTurn.clear())
    sharedOfTurn.set(change, (shared = { lines: new Map() }))
  }
  return shared
}

/** The line of a whole change in plain form, serialised once for all watchers. */
export function sharedLine(change: Change, transition: Transition, form: WatchedForm): Buffer {
  if (form.representation.form !== 'object')
    return eventLine(transition.type, transition.json, form)
  const { lines } = sharedOf(change)
  const key = `${transition.type} ${form.definition.group}/${form.version} ${transition.json === change.json}`
  let known = lines.get(key)
  if (known === undefined) {
    known = eventLine(transition.type, transition.json, form)
    lines.set(key, known)
  }
  return known
}

const withVersion = (json: string, version: number): string =>
  json.replace(/"resourceVersion":"\d*"/, `"resourceVersion":"${version}"`)

/**
 * Objects that begin to match a selector are ADDED for its watchers, those that stop matching are
 * DELETED.
 */
export function transitionOf(
  change: Change,
  definition: ResourceDefinition,
  selection: Selection,
): Transition | undefined {
  if (selection.name !== undefined && selection.name !== change.name) return undefined
  const { matches } = selection
  if (matches === undefined) return { type: change.type, json: change.json }
  const shared = sharedOf(change)
  const now = (shared.now ??= fromStored(definition, change.json))
  const { previous } = change
  if (previous !== undefined) shared.before ??= fromStored(definition, previous)
  const matched = shared.before !== undefined && matches(shared.before)
  if (change.type === 'DELETED') {
    return matched ? { type: 'DELETED', json: change.json } : undefined
  }
  if (matches(now)) return { type: matched ? 'MODIFIED' : 'ADDED', json: change.json }
  if (!matched || previous === undefined) return undefined
  return { type: 'DELETED', json: withVersion(previous, change.version) }
}
