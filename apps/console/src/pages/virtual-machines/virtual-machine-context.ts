import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { useOutletContext } from 'react-router'

/** What the page of a VM has read, for its tabs. */
export interface VirtualMachineContext {
  virtualMachine: V1VirtualMachine
  /** null while there is none; undefined while that is not known. */
  instance: V1VirtualMachineInstance | null | undefined
  /** There is no VM: the VMI in its shape stands for one. */
  isInstanceOnly?: boolean
}

export const useVirtualMachine = () => useOutletContext<VirtualMachineContext>()
