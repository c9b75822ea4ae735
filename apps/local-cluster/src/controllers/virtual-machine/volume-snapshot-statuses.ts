import { claimNameOf, type StatusInput } from '@virtdeck/kubevirt'
import type { VirtualMachine } from '../informers.ts'

type Statuses = NonNullable<NonNullable<VirtualMachine['status']>['volumeSnapshotStatuses']>

/** The name of the VolumeSnapshotClass for a storage class, if there is one. */
export type SnapshotClassOf = (storageClass: string) => string | undefined

/** Which volumes a snapshot would take along, and why not. */
export function volumeSnapshotStatuses({
  virtualMachine,
  claim,
  snapshotClassOf,
}: StatusInput & { snapshotClassOf: SnapshotClassOf }): Statuses {
  return (virtualMachine.spec.template.spec?.volumes ?? []).map((volume) => {
    const { name } = volume
    const claimName = claimNameOf(volume)
    if (claimName === undefined || volume.ephemeral) {
      const reason = `Snapshot is not supported for this volumeSource type [${name}]`
      return { name, enabled: false, reason }
    }
    const storageClass = claim(claimName)?.spec?.storageClassName
    if (storageClass === undefined) return { name, enabled: false, reason: 'PVC not found' }
    if (snapshotClassOf(storageClass) !== undefined) return { name, enabled: true }
    const reason = `No VolumeSnapshotClass: Volume snapshots are not configured for this StorageClass [${storageClass}] [${name}]`
    return { name, enabled: false, reason }
  })
}
