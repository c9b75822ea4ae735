/*
 * What can be done to a VM, and why not: one table for lists, details and bulk bars. The
 * rules are those of KubeVirt's API server, so that nothing is offered that it refuses:
 * https://github.com/kubevirt/kubevirt/blob/03f3954/pkg/virt-api/rest/lifecycle.go
 */

export const VIRTUAL_MACHINE_ACTION_NAMES = [
  'start',
  'stop',
  'forceStop',
  'restart',
  'forceRestart',
  'softReboot',
  'pause',
  'unpause',
  'migrate',
  'cancelMigration',
  'takeSnapshot',
  'clone',
  'export',
  'openConsole',
  'copySshCommand',
  'exposeSsh',
  'editLabels',
  'editAnnotations',
  'editDescription',
  'delete',
] as const
export type VirtualMachineActionName = (typeof VIRTUAL_MACHINE_ACTION_NAMES)[number]

/** What the rules look at: a row of the list has it, and so has the whole object. */
export interface VirtualMachineState {
  /** `status.printableStatus` */
  status: string
  /** The effective run strategy; `spec.running` stands for Always or Halted. */
  runStrategy: string
  deleting: boolean
  /** Why the guest cannot move to another node, in the cluster's words. */
  migrationRefusal?: string | undefined
  /** Neither ACPI nor the guest agent could tell the guest to reboot. */
  deafToReboot?: boolean | undefined
  /** A probe that would end the guest while it is paused. */
  hasLivenessProbe?: boolean | undefined
  snapshotInProgress?: boolean | undefined
  /** A migration of volumes failed half-way: somebody has to say where the disks are. */
  needsRecovery?: boolean | undefined
}

export type DisabledReason =
  | 'alreadyRunning'
  | 'alreadyPaused'
  | 'notRunning'
  | 'notPaused'
  | 'paused'
  | 'stopping'
  | 'deleting'
  | 'migrating'
  | 'notMigrating'
  | 'notMigratable'
  | 'importing'
  | 'livenessProbe'
  | 'deafToReboot'
  | 'snapshotInProgress'
  | 'needsRecovery'
  | 'mustBeOff'
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

/** What needs a guest that runs, and not one that stands still. */
function needsRunningGuest({ status }: VirtualMachineState): DisabledReason | undefined {
  if (ENDING.includes(status)) return 'stopping'
  if (status === 'Paused') return 'paused'
  return status === 'Running' || status === 'Migrating' ? undefined : 'notRunning'
}

/** Refused for Halted and Once, and without a VMI. */
const restart: Rule = ({ status, runStrategy, needsRecovery }) => {
  if (ENDING.includes(status)) return 'stopping'
  if (IMPORTING.includes(status)) return 'importing'
  // It would be accepted, but would end the migration: offered again after it.
  if (status === 'Migrating') return 'migrating'
  if (needsRecovery) return 'needsRecovery'
  if (!HAS_INSTANCE.includes(status)) return 'notRunning'
  return ['Halted', 'Once'].includes(runStrategy) ? 'restartRefusedByRunStrategy' : undefined
}

/** Of disks that are not there yet, nothing can be kept. */
const snapshot: Rule = ({ status, snapshotInProgress }) => {
  if (IMPORTING.includes(status)) return 'importing'
  return snapshotInProgress ? 'snapshotInProgress' : undefined
}

const RULES: Record<VirtualMachineActionName, Rule> = {
  // StartVMRequestHandler: refused while a VMI exists, and for Always and Once.
  start: ({ status, runStrategy, needsRecovery }) => {
    if (ENDING.includes(status)) return 'stopping'
    if (HAS_INSTANCE.includes(status)) return 'alreadyRunning'
    if (needsRecovery) return 'needsRecovery'
    return ['Always', 'Once'].includes(runStrategy) ? 'startedByRunStrategy' : undefined
  },
  // StopVMRequestHandler: Always and Once change to Halted whatever the VMI does; the others
  // need a VMI that has not ended.
  stop: ({ status, runStrategy }) => {
    if (ENDING.includes(status)) return 'stopping'
    if (['Always', 'Once'].includes(runStrategy)) return undefined
    return HAS_INSTANCE.includes(status) && runStrategy !== 'Halted' ? undefined : 'notRunning'
  },
  // The same with a grace period of 0, which also Halted accepts while there is a VMI: for
  // guests that do not shut down when they are asked to.
  forceStop: ({ status }) =>
    HAS_INSTANCE.includes(status) || status === 'Stopping' ? undefined : 'notRunning',
  // RestartVMRequestHandler, without and with a grace period of 0.
  restart,
  forceRestart: restart,
  // SoftRebootVMIRequestHandler: running, not paused, and somebody in the guest who listens.
  softReboot: (state) =>
    needsRunningGuest(state) ?? (state.deafToReboot ? 'deafToReboot' : undefined),
  // PauseVMIRequestHandler: running, not paused, no migration, no liveness probe.
  pause: (state) => {
    if (state.status === 'Paused') return 'alreadyPaused'
    if (state.status === 'Migrating') return 'migrating'
    return needsRunningGuest(state) ?? (state.hasLivenessProbe ? 'livenessProbe' : undefined)
  },
  // UnpauseVMIRequestHandler: paused, and no snapshot that needs it to stay so.
  unpause: ({ status, snapshotInProgress }) => {
    if (status !== 'Paused') return 'notPaused'
    return snapshotInProgress ? 'snapshotInProgress' : undefined
  },
  // The admission of migrations: a running VMI that can migrate, and only one at a time. The
  // phase of a paused VMI is Running, too.
  migrate: (state) => {
    if (state.status === 'Migrating') return 'migrating'
    const reason = needsRunningGuest(state)
    if (reason !== undefined && reason !== 'paused') return reason
    return state.migrationRefusal === undefined ? undefined : 'notMigratable'
  },
  cancelMigration: ({ status }) => (status === 'Migrating' ? undefined : 'notMigrating'),
  // KubeVirt takes one snapshot of a VM at a time, and a clone goes through one.
  takeSnapshot: snapshot,
  clone: snapshot,
  // The exporter waits until nobody writes to the disks.
  export: ({ status }) => {
    if (IMPORTING.includes(status)) return 'importing'
    return HAS_INSTANCE.includes(status) ? 'mustBeOff' : undefined
  },
  openConsole: ({ status }) => (HAS_INSTANCE.includes(status) ? undefined : 'notRunning'),
  // PortForwardRequestHandler: refused while paused.
  copySshCommand: needsRunningGuest,
  // A Service waits for the guest.
  exposeSsh: () => undefined,
  editLabels: () => undefined,
  editAnnotations: () => undefined,
  editDescription: () => undefined,
  delete: () => undefined,
}

/** Why the action is not possible now; undefined if it is. */
export function disabledReason(
  action: VirtualMachineActionName,
  state: VirtualMachineState,
): DisabledReason | undefined {
  return state.deleting ? 'deleting' : RULES[action](state)
}

/** Of two actions that exclude each other, menus show the one that the state asks for. */
export function isActionShown(
  action: VirtualMachineActionName,
  { status }: VirtualMachineState,
): boolean {
  switch (action) {
    case 'pause':
      return status !== 'Paused'
    case 'unpause':
      return status === 'Paused'
    case 'migrate':
      return status !== 'Migrating'
    case 'cancelMigration':
      return status === 'Migrating'
    default:
      return true
  }
}
