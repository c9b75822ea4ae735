import {
  matchesFields,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import type { FakeStore } from './fake-store.ts'

/** Whether an object is in the namespace (empty: any) and meets the query's selectors. */
export function select(
  query: URLSearchParams,
  namespace: string,
): (object: KubernetesObject) => boolean {
  const labels = parseLabelSelector(query.get('labelSelector') ?? '')
  const fields = parseFieldSelector(query.get('fieldSelector') ?? '')
  return (object) =>
    (namespace === '' || object.metadata?.namespace === namespace) &&
    matchesLabels(labels, object.metadata?.labels) &&
    matchesFields(fields, (path) => fieldOf(object, path))
}

function fieldOf(object: KubernetesObject, path: string): string {
  let value: unknown = object
  for (const name of path.split('.'))
    value = (value as Record<string, unknown> | undefined)?.[name]
  return typeof value === 'string' ? value : ''
}

export interface WatchFeedOptions {
  resource: ResourceRef
  /** The version after which changes are wanted. */
  from: number
  matches: (object: KubernetesObject) => boolean
  signal: AbortSignal | undefined
}

/** The events of one watch, a line of JSON each. */
export class WatchFeed {
  readonly #store: FakeStore
  readonly #options: WatchFeedOptions

  constructor(store: FakeStore, options: WatchFeedOptions) {
    this.#store = store
    this.#options = options
  }

  async *lines(isBroken: () => boolean): AsyncGenerator<string, void, undefined> {
    const { resource, from, matches, signal } = this.#options
    let sent = from
    let wake: () => void = () => undefined
    const stop = this.#store.onChange(() => wake())
    signal?.addEventListener('abort', () => wake(), { once: true })
    try {
      for (;;) {
        if (signal?.aborted) return
        const changed = new Promise<void>((resolve) => {
          wake = resolve
        })
        for (const { version, resource: of, type, object } of this.#store.changes) {
          if (version <= sent) continue
          sent = version
          const same = of.group === resource.group && of.resource === resource.resource
          if (same && matches(object)) yield `${JSON.stringify({ type, object })}\n`
        }
        if (isBroken()) throw new Error('socket hang up')
        await changed
      }
    } finally {
      stop()
    }
  }
}
