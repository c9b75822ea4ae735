import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { instanceAsVirtualMachine, virtualMachineStateOf } from '@virtdeck/kubevirt'
import type { VirtualMachineTarget } from '../../actions/virtual-machine/action.ts'

/** What actions on a VMI look at. */
export function instanceTarget(instance: V1VirtualMachineInstance): VirtualMachineTarget {
  const { namespace = '', name = '', uid = '' } = instance.metadata ?? {}
  const state = virtualMachineStateOf(instanceAsVirtualMachine(instance))
  return { namespace, name, uid, ...state }
}
