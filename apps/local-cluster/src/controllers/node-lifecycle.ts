import { RESOURCES, type RequeueAfter } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import { timestamp } from './timestamps.ts'

/** A node whose agent has not renewed its Lease for this long is not ready. */
const GRACE_MS = 40_000
const NODE_LEASES = 'kube-node-lease'

/** Marks nodes as not ready when their agents fall silent; agents mark themselves ready again. */
export function nodeLifecycleController(context: ControllerContext): Controller {
  const { client, informers, now } = context
  const nodes = informers.nodes()
  const leases = informers.leases()
  const startedAt = now().getTime()

  return {
    name: 'node-lifecycle',
    sources: [changesOf(nodes, ({ metadata }) => [metadata?.name ?? ''])],
    reconcile: async (name): Promise<RequeueAfter | undefined> => {
      const node = nodes.get(name)
      if (node === undefined) return undefined
      const renewed = Date.parse(leases.get(`${NODE_LEASES}/${name}`)?.spec?.renewTime ?? '')
      // After a pause of the whole cluster agents get the same time to report as always.
      const since = Math.max(startedAt, Number.isNaN(renewed) ? 0 : renewed)
      const left = since + GRACE_MS - now().getTime()
      if (left > 0) return { requeueAfterMs: left }
      const ready = node.status?.conditions?.find(({ type }) => type === 'Ready')
      if (ready?.status !== 'Unknown') await markUnknown(name)
      return { requeueAfterMs: GRACE_MS }
    },
  }

  async function markUnknown(name: string): Promise<void> {
    const condition = {
      type: 'Ready',
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
      lastTransitionTime: timestamp(now()),
    }
    await unlessGone(
      client.patch(
        RESOURCES.nodes,
        { name },
        { status: { conditions: [condition] } },
        { type: 'strategic', subresource: 'status' },
      ),
    )
  }
}
