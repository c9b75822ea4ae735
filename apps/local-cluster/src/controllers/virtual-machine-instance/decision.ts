import { conditionOf, isFinal, type Condition } from '@virtdeck/kubevirt'
import type { Pod, VirtualMachineInstance } from '../informers.ts'
import { timestamp } from '../timestamps.ts'
import { usesDataVolumes, type VolumesState } from './volumes.ts'

type Status = NonNullable<VirtualMachineInstance['status']>
type TimedCondition = Condition & {
  lastProbeTime?: string | null
  lastTransitionTime?: string | null
}

export interface Situation {
  instance: VirtualMachineInstance
  /** The launcher pod, if it is there. */
  pod: Pod | undefined
  volumes: VolumesState
  /** Set when the pod could not be created. */
  failure?: { reason: string; message: string } | undefined
  now: Date
}

export interface InstanceDecision {
  createPod: boolean
  /** A pod for the volumes alone is wanted; without the wish one that is there goes. */
  provision: boolean
  deletePod: boolean
  /** Nothing of the instance is left on any node. */
  released: boolean
  status: Partial<Status>
  nodeName: string | undefined
}

/** What should become of an instance (virt-controller's part of its life). */
export function decideInstance(situation: Situation): InstanceDecision {
  const { instance, pod, volumes, failure } = situation
  const phase = instance.status?.phase ?? 'Pending'
  const deleting = instance.metadata?.deletionTimestamp !== undefined
  const podIsLeaving = pod?.metadata?.deletionTimestamp !== undefined
  const next = nextPhase(situation, phase, deleting)
  const handedOver = ['Scheduled', 'Running'].includes(phase)
  return {
    createPod:
      phase === 'Pending' &&
      !deleting &&
      pod === undefined &&
      volumes.state === 'ready' &&
      failure === undefined,
    provision: phase === 'Pending' && !deleting && volumes.state === 'needsConsumer',
    // A guest that has been handed over is shut down by its node first.
    deletePod: deleting && pod !== undefined && !podIsLeaving && !handedOver,
    released: deleting && isFinal(instance) && pod === undefined,
    status: {
      ...(next !== phase && { phase: next }),
      ...(next !== phase && {
        phaseTransitionTimestamps: [
          ...(instance.status?.phaseTransitionTimestamps ?? []),
          { phase: next, phaseTransitionTimestamp: timestamp(situation.now) },
        ],
      }),
      ...podFacts(situation),
      ...(next === 'Scheduled' && phase !== next && { nodeName: pod?.spec?.nodeName ?? '' }),
      conditions: conditions(situation, next),
    },
    nodeName: next === 'Scheduled' && phase !== next ? pod?.spec?.nodeName : undefined,
  }
}

function nextPhase({ pod, volumes }: Situation, phase: string, deleting: boolean): string {
  switch (phase) {
    case 'Pending':
      if (pod) return 'Scheduling'
      return deleting || volumes.state === 'failed' ? 'Failed' : 'Pending'
    case 'Scheduling':
      // Somebody else deleted it, or it never came up.
      if (!pod || isDown(pod)) return 'Failed'
      return !deleting && isUp(pod) ? 'Scheduled' : 'Scheduling'
    case 'Scheduled':
    case 'Running':
      return pod ? phase : 'Failed'
    default:
      return phase
  }
}

function isDown({ metadata, status }: Pod): boolean {
  return (
    metadata?.deletionTimestamp !== undefined ||
    status?.phase === 'Failed' ||
    status?.phase === 'Succeeded'
  )
}

/** `compute` needs only to run: whether it is ready depends on the guest. */
function isUp({ status }: Pod): boolean {
  const containers = status?.containerStatuses ?? []
  return (
    status?.phase === 'Running' &&
    containers.every(({ name, ready, state }) =>
      name === 'compute' ? state?.running !== undefined : ready,
    )
  )
}

function podFacts({ instance, pod }: Situation): Partial<Status> {
  if (!pod || isFinal(instance)) return {}
  const { uid = '' } = pod.metadata ?? {}
  return {
    activePods: { ...instance.status?.activePods, [uid]: pod.spec?.nodeName ?? '' },
    ...(pod.status?.qosClass && {
      qosClass: pod.status.qosClass as NonNullable<Status['qosClass']>,
    }),
  }
}

function conditions(situation: Situation, phase: string): TimedCondition[] {
  const { instance, pod, volumes, now } = situation
  const before: TimedCondition[] = instance.status?.conditions ?? []
  const wanted = new Map<string, TimedCondition | undefined>()
  // From Scheduled on these belong to the node's agent, except that a guest is lost with its pod.
  const ours = ['Pending', 'Scheduling'].includes(phase)
  if (ours) {
    wanted.set('Synchronized', synchronizationError(situation))
    wanted.set('PodScheduled', unscheduled(pod))
    if (usesDataVolumes(instance)) wanted.set('DataVolumesReady', dataVolumesReady(volumes))
  } else if (phase === 'Scheduled') {
    const synchronized = conditionOf(instance, 'Synchronized')
    if (synchronized && isImageError(synchronized.reason)) wanted.set('Synchronized', undefined)
    wanted.set('PodScheduled', undefined)
  }
  if (phase !== 'Running' && phase !== 'Pending') wanted.set('Ready', notReady(pod))
  const kept = before.filter(({ type }) => !wanted.has(type))
  const set = [...wanted.values()].filter((condition) => condition !== undefined)
  return [...kept, ...set.map((condition) => withTimes(condition, before, now))]
}

function withTimes(
  condition: TimedCondition,
  all: TimedCondition[],
  now: Date,
): TimedCondition {
  const before = all.find(({ type }) => type === condition.type)
  const same =
    before?.status === condition.status &&
    before.reason === condition.reason &&
    before.message === condition.message
  if (same) return before
  const time = timestamp(now)
  return { lastProbeTime: time, lastTransitionTime: time, ...condition }
}

const unsynchronized = (reason: string, message: string): TimedCondition => ({
  type: 'Synchronized',
  status: 'False',
  reason,
  message,
})

function synchronizationError(situation: Situation): TimedCondition | undefined {
  const { instance, pod, volumes, failure } = situation
  if (failure) return unsynchronized(failure.reason, failure.message)
  if (volumes.state === 'missing' && !pod) {
    return unsynchronized('FailedPvcNotFound', missingClaimMessage(instance, volumes.claimName))
  }
  const statuses = [
    ...(pod?.status?.initContainerStatuses ?? []),
    ...(pod?.status?.containerStatuses ?? []),
  ]
  for (const { state } of statuses) {
    const { reason, message } = state?.waiting ?? {}
    if (isImageError(reason)) return unsynchronized(reason ?? '', message ?? '')
  }
  return undefined
}

export function missingClaimMessage(
  { metadata }: VirtualMachineInstance,
  claimName: string,
): string {
  return `PVC ${metadata?.namespace}/${claimName} does not exist, waiting for it to appear`
}

const isImageError = (reason: string | undefined): boolean =>
  reason === 'ErrImagePull' || reason === 'ImagePullBackOff'

/** The pod's own condition, while no node takes it. */
function unscheduled(pod: Pod | undefined): TimedCondition | undefined {
  const condition = pod?.status?.conditions?.find(({ type }) => type === 'PodScheduled')
  return condition?.status === 'False' ? condition : undefined
}

function dataVolumesReady({ state }: VolumesState): TimedCondition {
  return state === 'ready'
    ? {
        type: 'DataVolumesReady',
        status: 'True',
        reason: 'AllDVsReady',
        message: "All of the VMI's DVs are bound and not running",
      }
    : {
        type: 'DataVolumesReady',
        status: 'False',
        reason: 'NotAllDVsReady',
        message: "Not all of the VMI's DVs are ready",
      }
}

function notReady(pod: Pod | undefined): TimedCondition {
  const [reason, message] =
    pod === undefined
      ? ['PodNotExists', 'virt-launcher pod has not yet been scheduled']
      : isDown(pod)
        ? ['PodTerminating', 'virt-launcher pod is terminating']
        : ['GuestNotRunning', 'Guest VM is not reported as running']
  return { type: 'Ready', status: 'False', reason, message }
}
