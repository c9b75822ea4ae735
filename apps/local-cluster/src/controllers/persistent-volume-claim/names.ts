/** The provisioner of the classes of this cluster: volumes are folders below the data folder. */
export const PROVISIONER = 'virtdeck.io/local'
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node'
/** CDI's word for "do not wait for a pod". */
export const BIND_IMMEDIATELY = 'cdi.kubevirt.io/storage.bind.immediate.requested'
