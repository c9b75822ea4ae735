import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { keyOf } from '@virtdeck/kubernetes'
import { isDeepStrictEqual } from 'node:util'
import type {
  ClaimPart,
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
  claims: readonly ClaimPart[]
}

/** One line of the list from everything that the cluster says about a VM. */
export function virtualMachineRow(parts: VirtualMachineParts): VirtualMachineRow {
  const { virtualMachine, instance, claims } = parts
  const { metadata, state, labels, template, conditions, networks } = virtualMachine
  const operatingSystem = instance?.operatingSystem ?? virtualMachine.operatingSystem
  const memory = instance?.memory ?? virtualMachine.memory
  const status = statusOf(parts)
  const statusMessage = messageFor(status, parts)
  return {
    ...state,
    key: keyOf(virtualMachine),
    namespace: metadata.namespace ?? '',
    name: metadata.name ?? '',
    uid: metadata.uid ?? '',
    status,
    ...(statusMessage && { statusMessage }),
    conditions,
    ...(instance?.node && { node: instance.node }),
    ipAddresses: instance?.ipAddresses ?? [],
    macAddresses: virtualMachine.macAddresses,
    labels,
    ...(template && { template }),
    ...(operatingSystem && { operatingSystem }),
    storageClasses: [...new Set(claims.flatMap(({ storageClass }) => storageClass ?? []))],
    networks,
    cpus: instance?.cpus ?? virtualMachine.cpus,
    ...(memory !== undefined && { memory }),
    created: metadata.creationTimestamp ?? '',
    simulated: instance?.simulated ?? false,
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

/** Whether two rows look the same, so that a heartbeat in some object sends no frame. */
export const sameVirtualMachineRow = (a: VirtualMachineRow, b: VirtualMachineRow): boolean =>
  isDeepStrictEqual(a, b)
