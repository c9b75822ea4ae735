import { RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import type { Node } from './informers.ts'
import { timestamp } from './timestamps.ts'

/** A node that says nothing for so long is not ready. */
const GRACE_MS = 40_000
/** A cordon that is taken back at once leaves no trace: taints follow a little later. */
const CORDON_SETTLES_MS = 500
const NOT_READY = 'node.kubernetes.io/not-ready'
const UNREACHABLE = 'node.kubernetes.io/unreachable'
/** What `kubectl cordon` leads to. */
const UNSCHEDULABLE = 'node.kubernetes.io/unschedulable'
/** The taints that are this controller's. */
const OWN = new Set([NOT_READY, UNREACHABLE, UNSCHEDULABLE])

type Taints = NonNullable<NonNullable<Node['spec']>['taints']>

/** Notices nodes whose heartbeat has stopped, and keeps pods away from nodes that are not ready. */
export function nodeLifecycleController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const nodes = informers.nodes()
  /** When each heartbeat was seen here: after a pause of the whole cluster all are old. */
  const seen = new Map<string, { heartbeat: string; at: number }>()
  const cordonedAt = new Map<string, number>()

  return {
    name: 'node-lifecycle',
    sources: [changesOf(nodes, ({ metadata }) => [metadata?.name ?? ''])],
    reconcile: async (name) => {
      const node = nodes.get(name)
      if (node === undefined) {
        seen.delete(name)
        cordonedAt.delete(name)
        return undefined
      }
      const silence = silenceOf(name, node)
      const lost = silence >= GRACE_MS
      if (lost && readyOf(node)?.status !== 'Unknown') await declareLost(node)
      const settlesIn = cordonSettlesIn(name, node)
      await setTaints(node, { lost, cordoned: settlesIn === 0 })
      if (settlesIn !== undefined && settlesIn > 0) return { requeueAfterMs: settlesIn }
      return { requeueAfterMs: lost ? GRACE_MS : GRACE_MS - silence }
    },
  }

  function silenceOf(name: string, node: Node): number {
    const heartbeat = String(readyOf(node)?.lastHeartbeatTime ?? '')
    const time = now().getTime()
    const before = seen.get(name)
    if (before?.heartbeat === heartbeat) return time - before.at
    seen.set(name, { heartbeat, at: time })
    return 0
  }

  /** Milliseconds until a cordon counts; undefined without one. */
  function cordonSettlesIn(name: string, node: Node): number | undefined {
    if (!node.spec?.unschedulable) {
      cordonedAt.delete(name)
      return undefined
    }
    const time = now().getTime()
    const since = cordonedAt.get(name) ?? time
    cordonedAt.set(name, since)
    return Math.max(0, since + CORDON_SETTLES_MS - time)
  }

  async function declareLost(node: Node): Promise<void> {
    const name = node.metadata?.name ?? ''
    const time = timestamp(now())
    const conditions = (node.status?.conditions ?? []).map((condition) => ({
      ...condition,
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: time,
    }))
    const metadata = { resourceVersion: node.metadata?.resourceVersion }
    await unlessGone(
      client.patch(
        RESOURCES.nodes,
        { name },
        { metadata, status: { conditions } },
        { subresource: 'status' },
      ),
    )
    events.record(node, {
      reason: 'NodeNotReady',
      message: `Node ${name} status is now: NodeNotReady`,
      component: 'node-controller',
    })
  }

  async function setTaints(
    node: Node,
    state: { lost: boolean; cordoned: boolean },
  ): Promise<void> {
    const before = node.spec?.taints ?? []
    const taints = taintsFor({ node, ...state, time: timestamp(now()) })
    const same =
      taints.length === before.length &&
      taints.every(({ key, effect }) =>
        before.some((taint) => taint.key === key && taint.effect === effect),
      )
    if (same) return
    const { name, resourceVersion } = node.metadata ?? {}
    await unlessGone(
      client.patch(
        RESOURCES.nodes,
        { name },
        { metadata: { resourceVersion }, spec: { taints: taints.length > 0 ? taints : null } },
      ),
    )
  }
}

const readyOf = ({ status }: Node) => status?.conditions?.find(({ type }) => type === 'Ready')

/** The taints that a node should have, besides those that others gave it. */
export function taintsFor(options: {
  node: Node
  lost: boolean
  /** Cordoned for so long that it counts. */
  cordoned: boolean
  time: string
}): Taints {
  const { node, lost, cordoned, time } = options
  const all = node.spec?.taints ?? []
  const others = all.filter(({ key }) => !OWN.has(key))
  const status = lost ? 'Unknown' : readyOf(node)?.status
  const state = status === 'Unknown' ? UNREACHABLE : NOT_READY
  const wanted = [
    ...(cordoned ? [{ key: UNSCHEDULABLE, effect: 'NoSchedule' }] : []),
    ...(status === 'True'
      ? []
      : ['NoSchedule', 'NoExecute'].map((effect) => ({ key: state, effect }))),
  ].map(
    ({ key, effect }) =>
      all.find((taint) => taint.key === key && taint.effect === effect) ?? {
        key,
        effect,
        timeAdded: time,
      },
  )
  return [...others, ...wanted]
}
