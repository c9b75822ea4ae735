import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { conditionOf, hasCondition } from '../status/conditions.ts'
import type { VirtualMachineState } from './virtual-machine-actions.ts'

/** `spec.running`, the older field, stands for Always or Halted. */
export function effectiveRunStrategy({ spec }: V1VirtualMachine): string {
  return spec.runStrategy ?? (spec.running ? 'Always' : 'Halted')
}

/**
 * What the action rules look at, from the whole object. A VM mirrors the conditions of its
 * VMI, so that one object tells all. What does not apply is left out, for rows are kept by the
 * thousand.
 */
export function virtualMachineStateOf(virtualMachine: V1VirtualMachine): VirtualMachineState {
  const { metadata, spec, status } = virtualMachine
  // Odd objects of other programs have no template.
  const instance = spec?.template?.spec
  const migratable = conditionOf(virtualMachine, 'LiveMigratable')
  const hasAcpi = instance?.domain?.features?.acpi?.enabled ?? true
  const hasAgent = hasCondition(virtualMachine, 'AgentConnected', { status: 'True' })
  const needsRecovery = hasCondition(virtualMachine, 'ManualRecoveryRequired', {
    status: 'True',
  })
  return {
    status: status?.printableStatus ?? 'Stopped',
    runStrategy: spec ? effectiveRunStrategy(virtualMachine) : 'Halted',
    deleting: metadata?.deletionTimestamp !== undefined,
    ...(migratable?.status === 'False' && {
      migrationRefusal: migratable.message ?? migratable.reason ?? '',
    }),
    ...(!hasAcpi && !hasAgent && { deafToReboot: true }),
    // A ping of the guest agent is answered by virt-launcher, paused or not.
    ...(instance?.livenessProbe &&
      !instance.livenessProbe.guestAgentPing && { hasLivenessProbe: true }),
    ...(status?.snapshotInProgress && { snapshotInProgress: true }),
    ...(needsRecovery && { needsRecovery: true }),
  }
}
