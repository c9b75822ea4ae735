/** Names that KubeVirt gives meaning to. */
export const VM_FINALIZER = 'kubevirt.io/virtualMachineControllerFinalize'
export const VMI_FINALIZER = 'kubevirt.io/foregroundDeleteVirtualMachine'
export const VM_GENERATION = 'kubevirt.io/vm-generation'
export const CREATED_BY = 'kubevirt.io/created-by'
export const NODE_NAME = 'kubevirt.io/nodeName'

/** With which versions of its API KubeVirt has seen an object. */
export const OBSERVED_API_VERSIONS = {
  'kubevirt.io/latest-observed-api-version': 'v1',
  'kubevirt.io/storage-observed-api-version': 'v1',
}

/** The component that events of VMs and VMIs name. */
export const COMPONENT = 'virtualmachine-controller'
