import { pathOf, RESOURCES, type RequeueAfter } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { servedResources, type ServedResource } from './discovery.ts'

const RETRY_MS = 500

/** Empties namespaces that are being deleted, kind by kind, and then lets them go. */
export function namespaceController(context: ControllerContext): Controller {
  const { client, informers } = context
  const namespaces = informers.namespaces()

  return {
    name: 'namespace',
    concurrency: 2,
    sources: [
      changesOf(namespaces, ({ metadata }) =>
        metadata?.deletionTimestamp ? [metadata.name ?? ''] : [],
      ),
    ],
    reconcile: async (namespace): Promise<RequeueAfter | undefined> => {
      if (!namespaces.get(namespace)?.metadata?.deletionTimestamp) return undefined
      const resources = (await servedResources(client)).filter(
        ({ namespaced, verbs }) => namespaced && verbs.includes('deletecollection'),
      )
      const left = await Promise.all(resources.map((resource) => empty(resource, namespace)))
      if (left.some((count) => count > 0)) return { requeueAfterMs: RETRY_MS }
      await finalize(namespace)
      return undefined
    },
  }

  /** Deletes all objects of a kind; resolves with how many are still there. */
  async function empty(resource: ServedResource, namespace: string): Promise<number> {
    const { items } = await client.list(resource, { namespace })
    if (items.every(({ metadata }) => metadata?.deletionTimestamp)) return items.length
    const path = pathOf(resource, { namespace })
    try {
      await client.request({ method: 'DELETE', path, headers: { accept: 'application/json' } })
    } catch (error) {
      if (!failedWith(error, 404)) throw error
    }
    return (await client.list(resource, { namespace, limit: 1 })).items.length
  }

  async function finalize(name: string): Promise<void> {
    const { spec, ...namespace } = await client.get<Record<string, object>>(
      RESOURCES.namespaces,
      { name },
    )
    await unlessGone(
      client.request({
        method: 'PUT',
        path: pathOf(RESOURCES.namespaces, { name, subresource: 'finalize' }),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...namespace, spec: { ...spec, finalizers: [] } }),
      }),
    )
  }
}
