/*
 * What can be done to a VM, and why not: one table for lists, details and bulk bars. The
 * rules are those of KubeVirt's API server, so that nothing is offered that it refuses:
 * https://github.com/kubevirt/kubevirt/blob/03f3954/pkg/virt-api/rest/lifecycle.go
 */

export type VirtualMachineActionName = 'start' | 'stop' | 'restart' | 'delete'

/** What the rules look at: a row of the list has it, and so has the whole object. */
export interface VirtualMachineState {
  /** `status.printableStatus` */
  status: string
  /** The effective run strategy; `spec.running` stands for Always or Halted. */
  runStrategy: string
  deleting: boolean
}

export type DisabledReason =
  | 'alreadyRunning'
  | 'notRunning'
  | 'stopping'
  | 'deleting'
  | 'migrating'
  | 'importing'
  /** The cluster starts VMs of this run strategy by itself. */
  | 'startedByRunStrategy'
  | 'restartRefusedByRunStrategy'

/** With these statuses there is a VMI, or one is on its way. */
const HAS_INSTANCE: readonly string[] = [
  'Starting',
  'Running',
  'Paused',
  'Migrating',
  'CrashLoopBackOff',
  'ErrorUnschedulable',
  'ErrImagePull',
  'ImagePullBackOff',
  'WaitingForReceiver',
]

const ENDING: readonly string[] = ['Stopping', 'Terminating']

/** Disks are being made or filled; there is nothing yet that could restart. */
const IMPORTING: readonly string[] = [
  'Provisioning',
  'WaitingForVolumeBinding',
  'DataVolumeError',
]

type Rule = (state: VirtualMachineState) => DisabledReason | undefined

const RULES: Record<VirtualMachineActionName, Rule> = {
  // StartVMRequestHandler: refused while a VMI exists, and for Always and Once.
  start: ({ status, runStrategy }) => {
    if (ENDING.includes(status)) return 'stopping'
    if (HAS_INSTANCE.includes(status)) return 'alreadyRunning'
    return ['Always', 'Once'].includes(runStrategy) ? 'startedByRunStrategy' : undefined
  },
  // StopVMRequestHandler: Always and Once change to Halted whatever the VMI does; the others
  // need a VMI that has not ended.
  stop: ({ status, runStrategy }) => {
    if (ENDING.includes(status)) return 'stopping'
    if (['Always', 'Once'].includes(runStrategy)) return undefined
    return HAS_INSTANCE.includes(status) && runStrategy !== 'Halted' ? undefined : 'notRunning'
  },
  // RestartVMRequestHandler: refused for Halted and Once, and without a VMI. It would be
  // accepted during a migration, but that would end the migration: offered again after it.
  restart: ({ status, runStrategy }) => {
    if (ENDING.includes(status)) return 'stopping'
    if (IMPORTING.includes(status)) return 'importing'
    if (status === 'Migrating') return 'migrating'
    if (!HAS_INSTANCE.includes(status)) return 'notRunning'
    return ['Halted', 'Once'].includes(runStrategy) ? 'restartRefusedByRunStrategy' : undefined
  },
  delete: () => undefined,
}

/** Why the action is not possible now; undefined if it is. */
export function disabledReason(
  action: VirtualMachineActionName,
  state: VirtualMachineState,
): DisabledReason | undefined {
  return state.deleting ? 'deleting' : RULES[action](state)
}
