import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

export interface VolumesAtDeletion {
  /** DataVolumes that the VM owns, with their PVCs: made from its dataVolumeTemplates. */
  deleted: string[]
  /** PVCs and DataVolumes that were there before and outlive the VM. */
  kept: string[]
}

/** What becomes of a VM's disks when it is deleted. */
export function volumesAtDeletion({ spec }: V1VirtualMachine): VolumesAtDeletion {
  const deleted = (spec.dataVolumeTemplates ?? []).flatMap(
    ({ metadata }) => metadata?.name ?? [],
  )
  const used = (spec.template?.spec?.volumes ?? []).flatMap(
    ({ dataVolume, persistentVolumeClaim }) =>
      dataVolume?.name ?? persistentVolumeClaim?.claimName ?? [],
  )
  return { deleted, kept: used.filter((name) => !deleted.includes(name)) }
}
