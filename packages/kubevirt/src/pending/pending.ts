import { conditionOf, hasCondition } from '../status/conditions.ts'
import { isFinal } from '../status/run-strategy.ts'
import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'
import { deviceChanges } from './device-changes.ts'
import type { PendingChange } from './pending-change.ts'
import { specChanges } from './spec-changes.ts'

export interface Pending {
  /** Whether the guest becomes what its VM describes only by a restart. */
  isRestartRequired: boolean
  /** What virt-controller says about it, in its own words. */
  message: string | undefined
  /** What differs; may be empty although a restart is required. */
  changes: readonly PendingChange[]
}

const NOTHING: Pending = { isRestartRequired: false, message: undefined, changes: [] }

/**
 * What was changed in a VM and is not in its running guest yet. KubeVirt's RestartRequired
 * condition says that there is something; what it is, and on clusters without the condition also
 * whether, comes from comparing the VM's template with the instance. What virt-controller,
 * admission and instance types add to an instance is no change.
 */
export function pendingOf(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance | null | undefined,
): Pending {
  if (!instance || isFinal(instance) || instance.metadata?.deletionTimestamp) return NOTHING
  const changes = [
    ...specChanges(virtualMachine, instance),
    ...deviceChanges(virtualMachine, instance),
  ]
  const isRequired = hasCondition(virtualMachine, 'RestartRequired', { status: 'True' })
  if (!isRequired && changes.length === 0) return NOTHING
  const { message } = conditionOf(virtualMachine, 'RestartRequired') ?? {}
  return { isRestartRequired: true, message: message || undefined, changes }
}
