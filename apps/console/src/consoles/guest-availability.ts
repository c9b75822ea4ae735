import type {
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

/** Whether there is a guest whose consoles can be opened. */
export type GuestAvailability =
  | 'running'
  | 'starting'
  | 'stopping'
  | 'stopped'
  /** There is no such VM. */
  | 'missing'
  /** No live data (yet); only an attempt can tell. */
  | 'unknown'

/** printableStatus values of a VM that is on its way up, or held up on it, without a VMI. */
const ON_THE_WAY_UP = new Set([
  'Starting',
  'Provisioning',
  'WaitingForVolumeBinding',
  'WaitingForReceiver',
  'CrashLoopBackOff',
  'ErrorUnschedulable',
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrorPvcNotFound',
  'DataVolumeError',
])

/** `null` stands for "does not exist", `undefined` for "not known". */
export function guestAvailability({
  virtualMachine,
  instance,
}: {
  virtualMachine: VirtualMachine | null | undefined
  instance: VirtualMachineInstance | null | undefined
}): GuestAvailability {
  if (instance === undefined) return 'unknown'
  if (instance === null) return withoutInstance(virtualMachine)
  switch (instance.status?.phase) {
    case 'Running':
      return instance.metadata?.deletionTimestamp ? 'stopping' : 'running'
    case 'Succeeded':
    case 'Failed':
      return 'stopped'
    case 'Unknown':
      return 'unknown'
    default:
      return instance.metadata?.deletionTimestamp ? 'stopping' : 'starting'
  }
}

function withoutInstance(virtualMachine: VirtualMachine | null | undefined): GuestAvailability {
  if (virtualMachine === undefined) return 'unknown'
  if (virtualMachine === null) return 'missing'
  return ON_THE_WAY_UP.has(virtualMachine.status?.printableStatus ?? '')
    ? 'starting'
    : 'stopped'
}
