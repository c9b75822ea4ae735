import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { timeSince } from './columns.ts'

export interface PodSummary {
  ready: string
  status: string
  restarts: string
}

/** The Ready, Status and Restarts cells. Source: kubernetes `pkg/printers/internalversion` printPod. */
export function summarizePod({ metadata, spec, status }: Pod): PodSummary {
  const containers = status?.containerStatuses ?? []
  let restarts = 0
  let lastRestart: string | undefined
  let ready = 0
  let reason = status?.reason || status?.phase || ''
  for (const condition of status?.conditions ?? []) {
    if (condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated') {
      reason = 'SchedulingGated'
    }
  }
  const initializing = initReason({ spec, status } as Pod)
  if (initializing) reason = initializing
  let hasRunning = false
  for (const container of initializing ? [] : containers.toReversed()) {
    restarts += container.restartCount ?? 0
    const finished = container.lastState?.terminated?.finishedAt
    if (finished && (!lastRestart || finished > lastRestart)) lastRestart = finished
    const { waiting, terminated, running } = container.state ?? {}
    if (waiting?.reason) reason = waiting.reason
    else if (terminated) {
      reason =
        terminated.reason ||
        (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`)
    } else if (container.ready && running) {
      hasRunning = true
      ready++
    }
  }
  if (reason === 'Completed' && hasRunning) {
    const podReady = status?.conditions?.some(
      (condition) => condition.type === 'Ready' && condition.status === 'True',
    )
    reason = podReady ? 'Running' : 'NotReady'
  }
  if (metadata?.deletionTimestamp) {
    if (status?.reason === 'NodeLost') reason = 'Unknown'
    else if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed') reason = 'Terminating'
  }
  return {
    ready: `${ready}/${spec?.containers?.length ?? 0}`,
    status: reason,
    restarts:
      restarts > 0 && lastRestart
        ? `${restarts} (${timeSince(lastRestart)} ago)`
        : String(restarts),
  }
}

function initReason({ spec, status }: Pod): string | undefined {
  const total = spec?.initContainers?.length ?? 0
  for (const [index, container] of (status?.initContainerStatuses ?? []).entries()) {
    const { waiting, terminated } = container.state ?? {}
    if (terminated?.exitCode === 0) continue
    if (terminated) {
      const detail = terminated.signal
        ? `Signal:${terminated.signal}`
        : `ExitCode:${terminated.exitCode}`
      return `Init:${terminated.reason || detail}`
    }
    if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`
    return `Init:${index}/${total}`
  }
  return undefined
}
