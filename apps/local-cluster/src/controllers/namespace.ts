import { pathOf, RESOURCES, StatusError, type RequeueAfter } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import { discover, type ServedResource } from './discovery.ts'
import type { Namespace } from './informers.ts'
import { differences } from './merge-patch.ts'
import { contentConditions, type ContentLeft } from './namespace/conditions.ts'
import { timestamp } from './timestamps.ts'

const RETRY_MS = 500
const FINALIZER = 'kubernetes'

/** What is left of one kind in a namespace. */
interface Remaining {
  resource: ServedResource
  count: number
  finalizers: string[]
  failure: string | undefined
}

/** Empties namespaces that are being deleted, kind by kind, and then lets them go. */
export function namespaceController(context: ControllerContext): Controller {
  const { client, informers, now } = context
  const namespaces = informers.namespaces()

  return {
    name: 'namespace',
    concurrency: 2,
    sources: [
      changesOf(namespaces, ({ metadata }) =>
        metadata?.deletionTimestamp ? [metadata.name ?? ''] : [],
      ),
    ],
    reconcile: async (name): Promise<RequeueAfter | undefined> => {
      const namespace = namespaces.get(name)
      if (!namespace?.metadata?.deletionTimestamp) return undefined
      if (!namespace.spec?.finalizers?.includes(FINALIZER)) return undefined
      const { resources, failures } = await discover(client)
      const deletable = resources.filter(
        ({ namespaced, verbs }) => namespaced && verbs.includes('deletecollection'),
      )
      const all = await Promise.all(deletable.map((resource) => empty(resource, name)))
      const left = contentLeft(all, failures)
      await report(namespace, left)
      const done =
        left.remaining.size === 0 && failures.size === 0 && left.deletionFailures.length === 0
      if (!done) return { requeueAfterMs: RETRY_MS }
      await finalize(name)
      return undefined
    },
  }

  /** Deletes all objects of a kind, also those that came late, and looks at what stays. */
  async function empty(resource: ServedResource, namespace: string): Promise<Remaining> {
    const { items } = await client.list(resource, { namespace })
    if (items.length === 0) return { resource, count: 0, finalizers: [], failure: undefined }
    let left = items
    let failure: string | undefined
    if (items.some(({ metadata }) => !metadata?.deletionTimestamp)) {
      const path = pathOf(resource, { namespace })
      try {
        await client.request({
          method: 'DELETE',
          path,
          headers: { accept: 'application/json' },
        })
      } catch (error) {
        if (!(error instanceof StatusError) || error.code === 0) throw error
        if (error.code !== 404) failure = error.message
      }
      left = (await client.list(resource, { namespace })).items
    }
    const finalizers = left.flatMap(({ metadata }) => metadata?.finalizers ?? [])
    return { resource, count: left.length, finalizers, failure }
  }

  async function report({ metadata, status }: Namespace, left: ContentLeft): Promise<void> {
    const conditions = contentConditions(left, status?.conditions, timestamp(now()))
    const changes = differences(status, { conditions })
    if (changes === undefined) return
    const target = { name: metadata?.name ?? '' }
    const options = { subresource: 'status' }
    const patch = { status: changes }
    await unlessGone(client.patch(RESOURCES.namespaces, target, patch, options))
  }

  async function finalize(name: string): Promise<void> {
    const { spec, ...namespace } = await client.get<Namespace>(RESOURCES.namespaces, { name })
    const finalizers = (spec?.finalizers ?? []).filter((finalizer) => finalizer !== FINALIZER)
    await unlessGone(
      client.request({
        method: 'PUT',
        path: pathOf(RESOURCES.namespaces, { name, subresource: 'finalize' }),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...namespace, spec: { ...spec, finalizers } }),
      }),
    )
  }
}

function contentLeft(
  all: readonly Remaining[],
  discoveryFailures: ReadonlyMap<string, string>,
): ContentLeft {
  const remaining = new Map<string, number>()
  const finalizers = new Map<string, number>()
  for (const { resource, count, finalizers: held } of all) {
    // The group's dot stands there also for the core group, as in the original.
    if (count > 0) remaining.set(`${resource.resource}.${resource.group}`, count)
    for (const finalizer of held)
      finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1)
  }
  const deletionFailures = all.flatMap(({ failure }) => failure ?? [])
  return { discoveryFailures, deletionFailures, remaining, finalizers }
}
