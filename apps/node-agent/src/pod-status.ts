import type {
  IoK8sApiCoreV1Container as Container,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { timestamp } from './event-recorder.ts'
import type { Waiting } from './pod-images.ts'

type PodStatus = NonNullable<Pod['status']>
type Conditions = NonNullable<PodStatus['conditions']>
type ContainerStatuses = NonNullable<PodStatus['containerStatuses']>

/**
 * A kubelet writes this into all its conditions; left out, the server would add it, and the status
 * would look different from the wanted one for ever. The published type has no null.
 */
const NEVER_PROBED = { lastProbeTime: null } as unknown as { lastProbeTime?: string }

/** What the agent knows about a pod. */
export type PodState =
  | { kind: 'waiting'; waitingOf: (container: Container) => Waiting | undefined }
  | { kind: 'running'; address: string }
  | { kind: 'ended'; succeeded: boolean }

/** The status that a kubelet would write. */
export function podStatusOf(pod: Pod, state: PodState): PodStatus {
  const { status = {}, spec } = pod
  const now = timestamp()
  const containers = spec?.containers ?? []
  const initContainers = spec?.initContainers ?? []
  const running = state.kind === 'running'
  const gates = (spec?.readinessGates ?? []).every(({ conditionType }) =>
    (status.conditions ?? []).every(
      // A gate that no controller has touched yet does not hold the pod back.
      ({ type, status: value }) => type !== conditionType || value === 'True',
    ),
  )
  const done = state.kind === 'ended' && state.succeeded
  const waitingReason = running ? undefined : done ? 'PodCompleted' : 'ContainersNotReady'
  const conditions = withConditions(status.conditions ?? [], [
    flag('PodReadyToStartContainers', running),
    flag('Initialized', true),
    flag('Ready', running && gates, running ? 'ReadinessGatesNotReady' : waitingReason),
    flag('ContainersReady', running, waitingReason),
    flag('PodScheduled', true),
  ])
  return {
    ...status,
    phase: running
      ? 'Running'
      : state.kind === 'waiting'
        ? 'Pending'
        : done
          ? 'Succeeded'
          : 'Failed',
    conditions,
    hostIP: '127.0.0.1',
    hostIPs: [{ ip: '127.0.0.1' }],
    ...(running && { podIP: state.address, podIPs: [{ ip: state.address }] }),
    startTime: status.startTime ?? now,
    ...(initContainers.length > 0 && {
      initContainerStatuses: initContainers.map((container) =>
        statusOf(container, pod, { kind: 'ended', succeeded: true }),
      ),
    }),
    containerStatuses: containers.map((container) => statusOf(container, pod, state)),
    qosClass: status.qosClass ?? 'Burstable',
  }
}

function flag(type: string, value: boolean, reason?: string) {
  const status = value ? 'True' : 'False'
  return reason === undefined || value ? { type, status } : { type, status, reason }
}

function statusOf(container: Container, pod: Pod, state: PodState): ContainerStatuses[number] {
  const { name, image = '' } = container
  const before = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ].find((status) => status.name === name)
  const common = { name, image, imageID: '', restartCount: 0 }
  const id = `virtdeck://${pod.metadata?.uid}/${name}`
  const now = timestamp()
  const startedAt = before?.state?.running?.startedAt ?? now
  const waiting = state.kind === 'waiting' ? state.waitingOf(container) : undefined
  if (waiting) return { ...common, ready: false, started: false, state: { waiting } }
  // A container that has its image does not wait for the others.
  if (state.kind !== 'ended') {
    return {
      ...common,
      imageID: image,
      containerID: id,
      ready: true,
      started: true,
      state: { running: { startedAt } },
    }
  }
  const terminated = before?.state?.terminated ?? {
    exitCode: state.succeeded ? 0 : 1,
    reason: state.succeeded ? 'Completed' : 'Error',
    startedAt,
    finishedAt: now,
    containerID: id,
  }
  const ready = state.succeeded && pod.spec?.initContainers?.includes(container) === true
  return { ...common, ready, started: false, containerID: id, state: { terminated } }
}

function withConditions(
  before: Conditions,
  wanted: { type: string; status: string; reason?: string }[],
): Conditions {
  const others = before.filter(({ type }) => !wanted.some((one) => one.type === type))
  return [
    ...wanted.map((condition) => {
      const old = before.find(({ type }) => type === condition.type)
      const since = old?.status === condition.status ? old.lastTransitionTime : undefined
      return { ...NEVER_PROBED, ...condition, lastTransitionTime: since ?? timestamp() }
    }),
    ...others,
  ]
}
