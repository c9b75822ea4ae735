import { keyOf, RESOURCES, type RequeueAfter } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import { IndexBy } from './index-by.ts'
import type { Node, Pod } from './informers.ts'

type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number]
type Toleration = NonNullable<NonNullable<Pod['spec']>['tolerations']>[number]

/** Deletes pods that do not tolerate a NoExecute taint of their node, or no longer. */
export function taintEvictionController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const nodes = informers.nodes()
  const pods = informers.pods()
  const startedAt = now()
  const podsOfNode = new IndexBy(pods, ({ spec }) => (spec?.nodeName ? [spec.nodeName] : []))

  return {
    name: 'taint-eviction',
    sources: [
      changesOf(nodes, ({ metadata }) => podsOfNode.keys(metadata?.name ?? '')),
      changesOf(pods, (pod) => (pod.spec?.nodeName ? [keyOf(pod)] : [])),
    ],
    reconcile: async (key): Promise<RequeueAfter | undefined> => {
      const pod = pods.get(key)
      const node = nodes.get(pod?.spec?.nodeName ?? '')
      if (!pod || !node || pod.metadata?.deletionTimestamp) return undefined
      const at = evictionTime(pod, node.spec?.taints ?? [], startedAt)
      if (at === undefined) return undefined
      const left = at - now().getTime()
      if (left > 0) return { requeueAfterMs: left }
      const { namespace = '', name = '', uid = '' } = pod.metadata ?? {}
      const message = `Marking for deletion Pod ${key}`
      const component = 'taint-eviction-controller'
      events.record(pod, { reason: 'TaintManagerEviction', message, component })
      const options = { preconditions: { uid } }
      await unlessGone(client.delete(RESOURCES.pods, { namespace, name }, options))
      return undefined
    },
  }
}

/**
 * When a pod has to go for its node's taints, in milliseconds; undefined if it may stay. Taints
 * count from `startedAt` at the earliest: after a pause of the whole cluster all of them are old.
 */
export function evictionTime(
  { spec }: Pod,
  taints: readonly Taint[],
  startedAt: Date,
): number | undefined {
  let earliest: number | undefined
  for (const taint of taints) {
    if (taint.effect !== 'NoExecute') continue
    const since = Math.max(startedAt.getTime(), Date.parse(taint.timeAdded ?? '') || 0)
    const tolerations = (spec?.tolerations ?? []).filter((each) => covers(each, taint))
    const seconds = tolerations.flatMap(({ tolerationSeconds }) => tolerationSeconds ?? [])
    if (tolerations.length > 0 && seconds.length === 0) continue
    const at = since + (tolerations.length === 0 ? 0 : Math.min(...seconds) * 1000)
    earliest = Math.min(earliest ?? at, at)
  }
  return earliest
}

function covers({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect && effect !== taint.effect) return false
  if (!key) return operator === 'Exists'
  if (key !== taint.key) return false
  return operator === 'Exists' || (value ?? '') === (taint.value ?? '')
}
