import type {
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { effectiveRunStrategy } from '../actions/virtual-machine-state.ts'

/** Whether the instance has ended, by itself or not. */
export function isFinal(instance: VirtualMachineInstance | undefined): boolean {
  return instance?.status?.phase === 'Succeeded' || instance?.status?.phase === 'Failed'
}

/** Whether the next thing somebody asked for is a start. */
export function hasStartRequest({ status }: VirtualMachine): boolean {
  return status?.stateChangeRequests?.[0]?.action === 'Start'
}

/** Whether the next thing somebody asked for is the end of this very instance. */
export function hasStopRequest(
  { status }: VirtualMachine,
  instance: VirtualMachineInstance,
): boolean {
  const request = status?.stateChangeRequests?.[0]
  return request?.action === 'Stop' && request.uid === instance.metadata?.uid
}

/**
 * RerunOnFailure starts a VM that has just been given this strategy; afterwards it needs a
 * request, which the controller makes itself when the instance failed.
 */
export function isFirstRunOf(virtualMachine: VirtualMachine, runStrategy: string): boolean {
  return virtualMachine.status?.runStrategy !== runStrategy
}

/** Whether the run strategy wants an instance now (virt-controller's `isSetToStart`). */
export function isSetToStart(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance | undefined,
): boolean {
  const runStrategy = effectiveRunStrategy(virtualMachine)
  switch (runStrategy) {
    case 'Always':
      return true
    case 'Manual':
      return instance
        ? !hasStopRequest(virtualMachine, instance)
        : hasStartRequest(virtualMachine)
    case 'RerunOnFailure':
      if (instance) return instance.status?.phase !== 'Succeeded'
      return hasStartRequest(virtualMachine) || isFirstRunOf(virtualMachine, runStrategy)
    case 'Once':
      return instance === undefined
    default:
      return false
  }
}
