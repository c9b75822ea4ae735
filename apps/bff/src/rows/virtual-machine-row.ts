import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { keyOf } from '@virtdeck/kubernetes'
import type {
  DataVolumePart,
  LauncherPodPart,
  VirtualMachineInstancePart,
  VirtualMachinePart,
} from './virtual-machine-parts.ts'

export interface VirtualMachineParts {
  virtualMachine: VirtualMachinePart
  instance: VirtualMachineInstancePart | undefined
  launcherPod: LauncherPodPart | undefined
  dataVolumes: readonly DataVolumePart[]
}

/** One line of the list from everything that the cluster says about a VM. */
export function virtualMachineRow(parts: VirtualMachineParts): VirtualMachineRow {
  const { virtualMachine, instance } = parts
  const { metadata } = virtualMachine
  const status = statusOf(parts)
  const statusMessage = messageFor(status, parts)
  return {
    key: keyOf(virtualMachine),
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    status,
    ...(statusMessage && { statusMessage }),
    runStrategy: virtualMachine.runStrategy,
    ...(instance?.node && { node: instance.node }),
    ipAddresses: instance?.ipAddresses ?? [],
    macAddresses: virtualMachine.macAddresses,
    created: metadata.creationTimestamp ?? '',
    simulated: instance?.simulated ?? false,
    deleting: metadata.deletionTimestamp !== undefined,
  }
}

/** The controller writes printableStatus; until it has seen a new VM, the VMI has to do. */
function statusOf({ virtualMachine, instance }: VirtualMachineParts): string {
  if (virtualMachine.printableStatus) return virtualMachine.printableStatus
  if (virtualMachine.metadata.deletionTimestamp) return 'Terminating'
  switch (instance?.phase) {
    case undefined:
    case 'Succeeded':
    case 'Failed':
      return 'Stopped'
    case 'Running':
      return 'Running'
    default:
      return 'Starting'
  }
}

function messageFor(status: string, parts: VirtualMachineParts): string | undefined {
  const { virtualMachine, instance, launcherPod, dataVolumes } = parts
  const dataVolume = dataVolumes.find(({ message }) => message !== undefined)?.message
  switch (status) {
    case 'Running':
    case 'Stopped':
    case 'Paused':
      return virtualMachine.failure
    case 'ErrImagePull':
    case 'ImagePullBackOff':
      return launcherPod?.waiting ?? virtualMachine.failure
    case 'ErrorUnschedulable':
      return instance?.unschedulable ?? virtualMachine.failure
    case 'Provisioning':
    case 'DataVolumeError':
    case 'WaitingForVolumeBinding':
      return virtualMachine.failure ?? dataVolume ?? instance?.provisioning
    default:
      return virtualMachine.failure ?? launcherPod?.waiting ?? instance?.provisioning
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((text, index) => text === b[index])

/** Whether two rows look the same, so that a heartbeat in some object sends no frame. */
export function sameVirtualMachineRow(a: VirtualMachineRow, b: VirtualMachineRow): boolean {
  return (
    a.uid === b.uid &&
    a.status === b.status &&
    a.statusMessage === b.statusMessage &&
    a.runStrategy === b.runStrategy &&
    a.node === b.node &&
    a.created === b.created &&
    a.simulated === b.simulated &&
    a.deleting === b.deleting &&
    isSame(a.ipAddresses, b.ipAddresses) &&
    isSame(a.macAddresses, b.macAddresses)
  )
}
