import { keyOf, pathOf, RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import { IndexBy } from './index-by.ts'
import type { Pod } from './informers.ts'
import { chooseNode, requestsOf, unschedulableMessage, type NodeState } from './scheduling.ts'
import { timestamp } from './timestamps.ts'

const COMPONENT = 'default-scheduler'

/** Binds pods to nodes. One pod after the other, so that each sees the one before. */
export function schedulerController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const pods = informers.pods()
  const nodes = informers.nodes()
  const podsOfNode = new IndexBy(pods, ({ spec }) => (spec?.nodeName ? [spec.nodeName] : []))
  /** Bindings that the cache has not seen yet. */
  const assumed = new Map<string, { pod: Pod; nodeName: string }>()

  return {
    name: 'scheduler',
    sources: [
      changesOf(pods, (pod) => (pod.spec?.nodeName ? waitingKeys() : [keyOf(pod)])),
      changesOf(nodes, () => waitingKeys()),
    ],
    reconcile: async (key) => {
      const pod = pods.get(key)
      if (pod === undefined || pod.spec?.nodeName || pod.metadata?.deletionTimestamp) {
        assumed.delete(key)
        return
      }
      if (assumed.has(key)) return
      const states = nodeStates()
      const chosen = chooseNode(pod, states)
      if (chosen === undefined) await reportUnschedulable(pod, states)
      else await bind(pod, chosen)
    },
  }

  function waitingKeys(): string[] {
    return [...pods.list()]
      .filter(({ spec, metadata }) => !spec?.nodeName && !metadata?.deletionTimestamp)
      .map((pod) => keyOf(pod))
  }

  function nodeStates(): NodeState[] {
    return [...nodes.list()].map((node) => {
      const name = node.metadata?.name ?? ''
      const running = podsOfNode.get(name).filter((pod) => !hasEnded(pod))
      const soon = [...assumed.values()].flatMap(({ pod, nodeName }) =>
        nodeName === name && !pods.get(keyOf(pod))?.spec?.nodeName ? [pod] : [],
      )
      const requested: Record<string, number> = {}
      for (const pod of [...running, ...soon]) {
        for (const [resource, amount] of Object.entries(requestsOf(pod))) {
          requested[resource] = (requested[resource] ?? 0) + amount
        }
      }
      return { node, requested, pods: running.length + soon.length }
    })
  }

  async function bind(pod: Pod, { node }: NodeState): Promise<void> {
    const { namespace = '', name = '', uid = '' } = pod.metadata ?? {}
    const nodeName = node.metadata?.name ?? ''
    const binding = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { namespace, name, uid },
      target: { kind: 'Node', name: nodeName },
    }
    await unlessGone(
      client.request({
        method: 'POST',
        path: pathOf(RESOURCES.pods, { namespace, name, subresource: 'binding' }),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(binding),
      }),
    )
    assumed.set(keyOf(pod), { pod, nodeName })
    events.record(pod, {
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
      component: COMPONENT,
      action: 'Binding',
    })
  }

  async function reportUnschedulable(pod: Pod, states: NodeState[]): Promise<void> {
    const { namespace, name } = pod.metadata ?? {}
    const message = unschedulableMessage(pod, states)
    const conditions = pod.status?.conditions ?? []
    const before = conditions.find(({ type }) => type === 'PodScheduled')
    if (before?.reason === 'Unschedulable' && before.message === message) return
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message,
      lastProbeTime: null,
      lastTransitionTime: before?.lastTransitionTime ?? timestamp(now()),
    }
    await unlessGone(
      client.patch(
        RESOURCES.pods,
        { namespace, name },
        { status: { conditions: [condition] } },
        { type: 'strategic', subresource: 'status' },
      ),
    )
    events.record(pod, {
      type: 'Warning',
      reason: 'FailedScheduling',
      message,
      component: COMPONENT,
      action: 'Scheduling',
    })
  }
}

const hasEnded = ({ status }: Pod): boolean =>
  status?.phase === 'Succeeded' || status?.phase === 'Failed'
