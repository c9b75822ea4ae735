import type {
  IoK8sApiCoreV1ContainerStatus,
  IoK8sApiCoreV1Pod as Pod,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'

/** A container of a pod with how it is. */
export interface ContainerInfo {
  name: string
  image: string
  /** Init containers run before the others, one after the other. */
  isInit: boolean
  state: 'running' | 'waiting' | 'terminated' | 'unknown'
  /** The cluster's word for why, such as ImagePullBackOff or Completed. */
  reason: string | undefined
  message: string | undefined
  exitCode: number | undefined
  restarts: number
  /** It ran before: there is a previous log. */
  hasPrevious: boolean
}

/** A pod's containers in the order in which they start. */
export function containersOf({ spec, status }: Pod): ContainerInfo[] {
  const statuses = new Map(
    [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].map(
      (each) => [each.name, each],
    ),
  )
  const all = [
    ...(spec?.initContainers ?? []).map((container) => ({ container, isInit: true })),
    ...(spec?.containers ?? []).map((container) => ({ container, isInit: false })),
  ]
  return all.map(({ container: { name, image = '' }, isInit }) => ({
    name,
    image,
    isInit,
    ...stateOf(statuses.get(name)),
  }))
}

function stateOf(
  status: IoK8sApiCoreV1ContainerStatus | undefined,
): Omit<ContainerInfo, 'name' | 'image' | 'isInit'> {
  const { waiting, running, terminated } = status?.state ?? {}
  const { reason, message } = waiting ?? terminated ?? {}
  return {
    state: running
      ? 'running'
      : terminated
        ? 'terminated'
        : waiting
          ? 'waiting'
          : ('unknown' as const),
    reason,
    message,
    exitCode: terminated?.exitCode,
    restarts: status?.restartCount ?? 0,
    hasPrevious: status?.lastState?.terminated !== undefined,
  }
}

/** The container that commands and logs mean when they name none. */
export function defaultContainerOf({ metadata, spec }: Pod): string {
  const names = (spec?.containers ?? []).map(({ name }) => name)
  const chosen = metadata?.annotations?.['kubectl.kubernetes.io/default-container']
  return chosen !== undefined && names.includes(chosen) ? chosen : (names[0] ?? '')
}
