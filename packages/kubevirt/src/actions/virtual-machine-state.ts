import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { VirtualMachineState } from './virtual-machine-actions.ts'

/** `spec.running`, the older field, stands for Always or Halted. */
export function effectiveRunStrategy({ spec }: V1VirtualMachine): string {
  return spec.runStrategy ?? (spec.running ? 'Always' : 'Halted')
}

/** What the action rules look at, from the whole object. */
export function virtualMachineStateOf(virtualMachine: V1VirtualMachine): VirtualMachineState {
  return {
    status: virtualMachine.status?.printableStatus ?? 'Stopped',
    runStrategy: effectiveRunStrategy(virtualMachine),
    deleting: virtualMachine.metadata?.deletionTimestamp !== undefined,
  }
}
