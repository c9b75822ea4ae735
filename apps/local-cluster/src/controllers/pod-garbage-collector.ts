import { keyOf, RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import { IndexBy } from './index-by.ts'

/** A node may be registered anew: its pods are kept for so long. */
const QUARANTINE_MS = 40_000

/** Deletes the pods of nodes that no longer exist: nobody else will end them. */
export function podGarbageCollector(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const pods = informers.pods()
  const nodes = informers.nodes()
  const podsOfNode = new IndexBy(pods, ({ spec }) => (spec?.nodeName ? [spec.nodeName] : []))
  const missingSince = new Map<string, number>()

  return {
    name: 'pod-garbage-collector',
    sources: [
      changesOf(nodes, (node) => podsOfNode.keys(node.metadata?.name ?? '')),
      changesOf(pods, (pod) => {
        const node = pod.spec?.nodeName
        return node && !nodes.get(node) ? [keyOf(pod)] : []
      }),
    ],
    reconcile: async (key) => {
      const pod = pods.get(key)
      const node = pod?.spec?.nodeName
      if (!pod || !node || nodes.get(node)) {
        missingSince.delete(node ?? '')
        return undefined
      }
      const time = now().getTime()
      const since = missingSince.get(node) ?? time
      missingSince.set(node, since)
      const left = QUARANTINE_MS - (time - since)
      if (left > 0) return { requeueAfterMs: left }
      const { namespace = '', name = '', uid = '' } = pod.metadata ?? {}
      const options = { gracePeriodSeconds: 0, preconditions: { uid } }
      await unlessGone(client.delete(RESOURCES.pods, { namespace, name }, options))
      events.record(pod, {
        reason: 'TaintManagerEviction',
        message: `Node ${node} no longer exists: deleting pod ${key}`,
        component: 'pod-garbage-collector',
      })
      return undefined
    },
  }
}
