import { keyOf, pathOf, RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import type { PersistentVolumeClaim, Pod } from './informers.ts'
import { SELECTED_NODE } from './persistent-volume-claim/names.ts'
import { chooseNode } from './scheduler/fit.ts'
import { NodeUsage } from './scheduler/node-usage.ts'
import { timestamp } from './timestamps.ts'

const NAME = 'default-scheduler'

/** Puts each pod on a node that has room for it and that it accepts. */
export function schedulerController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const pods = informers.pods()
  const nodes = informers.nodes()
  const claims = informers.persistentVolumeClaims()
  const classes = informers.storageClasses()
  const usage = new NodeUsage(pods)
  /** Pods that no node took; whatever frees a node brings them back. */
  const waiting = new Set<string>()

  return {
    name: 'scheduler',
    // One at a time: every placement changes what is left for the next.
    concurrency: 1,
    sources: [
      changesOf(pods, (pod) => {
        const ended = pod.metadata?.deletionTimestamp || pod.status?.phase !== 'Pending'
        return pod.spec?.nodeName && ended ? waiting : [keyOf(pod)]
      }),
      changesOf(nodes, () => waiting),
      changesOf(claims, () => waiting),
      changesOf(classes, () => waiting),
    ],
    reconcile: async (key) => {
      const pod = pods.get(key)
      if (pod === undefined || !wantsNode(pod)) {
        waiting.delete(key)
        return
      }
      if (usage.isAssigned(pod)) return
      const choice = choose(pod)
      if ('message' in choice) {
        waiting.add(key)
        await refuse(pod, choice.message)
        return
      }
      const unbound = claimsOf(pod).filter((claim) => waitsForNode(claim))
      if (unbound.length > 0) {
        // Their volumes first; when they are bound they bring the pod back.
        waiting.add(key)
        for (const claim of unbound) await selectNode(claim, choice.node)
        return
      }
      waiting.delete(key)
      await bind(pod, choice.node)
    },
  }

  function choose(pod: Pod): { node: string } | { message: string } {
    const problem = claimProblem(pod)
    const all = [...nodes.list()]
    if (problem !== undefined) {
      const none = `0/${all.length} nodes are available: `
      const why = `${all.length} Preemption is not helpful for scheduling.`
      return { message: `${none}${problem}. preemption: ${none}${why}` }
    }
    const candidates = all.map((node) => ({ node, used: usage.on(node.metadata?.name ?? '') }))
    return chooseNode(pod, candidates, placedPods(pod))
  }

  /** Only pods with rules about other pods pay for looking at them. */
  function placedPods(pod: Pod) {
    const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {}
    const spread = pod.spec?.topologySpreadConstraints?.length
    if (!podAffinity && !podAntiAffinity && !spread && !someoneAvoids()) return []
    return [...nodes.list()].flatMap((node) =>
      usage.podsOn(node.metadata?.name ?? '').map((placed) => ({ pod: placed, node })),
    )
  }

  function someoneAvoids(): boolean {
    for (const { spec } of pods.list()) if (spec?.affinity?.podAntiAffinity) return true
    return false
  }

  function claimsOf(pod: Pod): PersistentVolumeClaim[] {
    const namespace = pod.metadata?.namespace ?? ''
    return (pod.spec?.volumes ?? []).flatMap(
      ({ persistentVolumeClaim }) =>
        (persistentVolumeClaim &&
          claims.get(`${namespace}/${persistentVolumeClaim.claimName}`)) ??
        [],
    )
  }

  /** Unbound, of a class whose volumes follow their first pod. */
  function waitsForNode({ spec, status }: PersistentVolumeClaim): boolean {
    const storageClass = classes.get(spec?.storageClassName ?? '')
    return (
      status?.phase !== 'Bound' && storageClass?.volumeBindingMode === 'WaitForFirstConsumer'
    )
  }

  async function selectNode({ metadata }: PersistentVolumeClaim, node: string): Promise<void> {
    if (metadata?.annotations?.[SELECTED_NODE] === node) return
    const { namespace, name } = metadata ?? {}
    const patch = { metadata: { annotations: { [SELECTED_NODE]: node } } }
    const resource = RESOURCES.persistentVolumeClaims
    await unlessGone(client.patch(resource, { namespace, name }, patch))
  }

  function claimProblem(pod: Pod): string | undefined {
    const namespace = pod.metadata?.namespace ?? ''
    for (const { persistentVolumeClaim } of pod.spec?.volumes ?? []) {
      if (!persistentVolumeClaim) continue
      const { claimName } = persistentVolumeClaim
      const claim = claims.get(`${namespace}/${claimName}`)
      if (!claim) return `persistentvolumeclaim "${claimName}" not found`
      if (claim.metadata?.deletionTimestamp) {
        return `persistentvolumeclaim "${claimName}" is being deleted`
      }
      if (claim.status?.phase !== 'Bound' && !waitsForNode(claim)) {
        return 'pod has unbound immediate PersistentVolumeClaims'
      }
    }
    return undefined
  }

  async function bind(pod: Pod, node: string): Promise<void> {
    const { namespace = '', name = '', uid = '' } = pod.metadata ?? {}
    usage.assign(pod, node)
    const binding = {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace, uid },
      target: { apiVersion: 'v1', kind: 'Node', name: node },
    }
    try {
      await client.request({
        method: 'POST',
        path: pathOf(RESOURCES.pods, { namespace, name, subresource: 'binding' }),
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(binding),
      })
    } catch (error) {
      usage.release(pod)
      // Gone, being deleted or bound already: the cache will tell.
      if (failedWith(error, 404) || failedWith(error, 409)) return
      throw error
    }
    events.record(pod, {
      reason: 'Scheduled',
      message: `Successfully assigned ${namespace}/${name} to ${node}`,
      component: NAME,
      action: 'Binding',
    })
  }

  async function refuse(pod: Pod, message: string): Promise<void> {
    const before = pod.status?.conditions?.find(({ type }) => type === 'PodScheduled')
    if (before?.status === 'False' && before.message === message) return
    const { namespace, name } = pod.metadata ?? {}
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      lastProbeTime: null,
      lastTransitionTime: timestamp(now()),
      reason: 'Unschedulable',
      message,
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
      component: NAME,
      action: 'Scheduling',
    })
  }
}

function wantsNode({ metadata, spec, status }: Pod): boolean {
  return (
    !spec?.nodeName &&
    spec?.schedulerName === NAME &&
    !metadata?.deletionTimestamp &&
    status?.phase === 'Pending'
  )
}
