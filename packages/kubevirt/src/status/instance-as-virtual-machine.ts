import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { printableStatus } from './printable-status.ts'
import { isFinal } from './run-strategy.ts'

/** The kind of a VMI's owner when a VM made it. */
export const VIRTUAL_MACHINE_KIND = 'VirtualMachine'

/**
 * A VMI that nobody manages, in the shape of a VM: what reads VMs (rules of actions, disks,
 * NICs) reads it, too. Such a VMI never starts a second time: run strategy Once.
 */
export function instanceAsVirtualMachine(instance: VirtualMachineInstance): VirtualMachine {
  const { metadata = {}, spec, status } = instance
  const virtualMachine: VirtualMachine = {
    metadata,
    spec: { runStrategy: 'Once', template: { metadata: {}, spec } },
  }
  return {
    ...virtualMachine,
    status: {
      conditions: status?.conditions ?? [],
      printableStatus: instanceStatusOf(instance, virtualMachine),
    },
  }
}

/** As a VM's, but how it ended is told: there is nothing that would start it again. */
function instanceStatusOf(
  instance: VirtualMachineInstance,
  virtualMachine: VirtualMachine,
): string {
  if (isFinal(instance)) return instance.status?.phase ?? 'Unknown'
  return printableStatus({
    virtualMachine,
    instance,
    dataVolume: () => undefined,
    claim: () => undefined,
  })
}
