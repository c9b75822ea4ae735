import type { DataVolume, VirtualMachine, VirtualMachineInstance } from '../types.ts'

export type CreationPhase = 'created' | 'disks' | 'scheduled' | 'running'

export interface CreationStep {
  phase: CreationPhase
  state: 'done' | 'active' | 'waiting' | 'failed'
  /** The node's name, once there is one. */
  detail?: string
}

/** Statuses that somebody has to do something about. */
const FAILED_PHASES: Record<string, CreationPhase> = {
  DataVolumeError: 'disks',
  ErrorPvcNotFound: 'disks',
  ErrorUnschedulable: 'scheduled',
  ErrImagePull: 'running',
  ImagePullBackOff: 'running',
  CrashLoopBackOff: 'running',
}

/** How far a new VM is, as far as it was asked to go: a halted one ends with its disks. */
export function creationProgress(objects: {
  virtualMachine: VirtualMachine
  instance?: VirtualMachineInstance | null | undefined
  dataVolumes: readonly DataVolume[]
}): CreationStep[] {
  const { virtualMachine, instance, dataVolumes } = objects
  const status = virtualMachine.status?.printableStatus ?? ''
  const wanted = virtualMachine.spec.dataVolumeTemplates?.length ?? 0
  const ready = dataVolumes.filter(({ status }) => status?.phase === 'Succeeded').length
  const isRunning = status === 'Running' || instance?.status?.phase === 'Running'
  const starts = virtualMachine.spec.runStrategy !== 'Halted'
  const node = instance?.status?.nodeName
  const steps: (CreationStep & { isDone: boolean })[] = [
    { phase: 'created', state: 'done', isDone: true },
    ...(wanted > 0
      ? [
          {
            phase: 'disks' as const,
            state: 'waiting' as const,
            isDone: ready >= wanted || !!node,
          },
        ]
      : []),
    ...(starts
      ? [
          {
            phase: 'scheduled' as const,
            state: 'waiting' as const,
            isDone: !!node,
            ...(node && { detail: node }),
          },
          { phase: 'running' as const, state: 'waiting' as const, isDone: isRunning },
        ]
      : []),
  ]
  const failed = FAILED_PHASES[status]
  const next = steps.findIndex(({ isDone }) => !isDone)
  // A claim can be missing where no disk is made: the failure then belongs to the next step.
  const failedAt =
    failed &&
    Math.max(
      steps.findIndex(({ phase }) => phase === failed),
      next,
    )
  return steps.map(({ isDone, ...step }, index) => {
    // What fails later has got past the earlier ones, although nothing says so any more.
    const isPassed = failedAt !== undefined && index < failedAt
    if (isDone || isPassed) return { ...step, state: 'done' }
    if (index === failedAt) return { ...step, state: 'failed' }
    return { ...step, state: index === next ? 'active' : 'waiting' }
  })
}
