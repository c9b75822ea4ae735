import type { PersistentVolumeClaim } from '../informers.ts'
import type { VolumeSnapshot, VolumeSnapshotContent } from './kinds.ts'
import type { VolumeSnapshotClass } from './snapshot-class.ts'

/** The content that stands for a snapshot's data, named after the snapshot. */
export function newSnapshotContent(
  { metadata = {} }: VolumeSnapshot,
  options: {
    claim: PersistentVolumeClaim
    snapshotClass: VolumeSnapshotClass
    finalizer: string
  },
): VolumeSnapshotContent {
  const { claim, snapshotClass, finalizer } = options
  const { name = '', namespace = '', uid = '', resourceVersion = '' } = metadata
  return {
    apiVersion: 'snapshot.storage.k8s.io/v1',
    kind: 'VolumeSnapshotContent',
    metadata: { name: `snapcontent-${uid}`, finalizers: [finalizer] },
    spec: {
      deletionPolicy: snapshotClass.deletionPolicy ?? 'Delete',
      driver: snapshotClass.driver ?? '',
      source: { volumeHandle: claim.spec?.volumeName ?? '' },
      sourceVolumeMode: claim.spec?.volumeMode ?? 'Filesystem',
      volumeSnapshotClassName: snapshotClass.metadata?.name ?? '',
      volumeSnapshotRef: {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshot',
        resourceVersion,
        name,
        namespace,
        uid,
      },
    },
  }
}
