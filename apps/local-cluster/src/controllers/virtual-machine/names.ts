/** Names that KubeVirt gives meaning to. */
export const VM_FINALIZER = 'kubevirt.io/virtualMachineControllerFinalize'
export const VMI_FINALIZER = 'kubevirt.io/foregroundDeleteVirtualMachine'
export const VM_GENERATION = 'kubevirt.io/vm-generation'
export const CREATED_BY = 'kubevirt.io/created-by'
export const NODE_NAME = 'kubevirt.io/nodeName'

/** The component that events of VMs and VMIs name. */
export const COMPONENT = 'virtualmachine-controller'
