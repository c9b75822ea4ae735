import type { SeedObject } from './index.ts'

export const STORAGE_CLASS = 'local'

const FIRST_CONSUMER_CLASS = 'local-wffc'
export const STORAGE_CLASSES = [STORAGE_CLASS, FIRST_CONSUMER_CLASS]
export const SNAPSHOT_CLASS = 'local'

const STORAGE = { group: 'storage.k8s.io', resource: 'storageclasses' }
const PROVISIONER = 'virtdeck.io/local'

/**
 * Volumes are files on this machine, shared by its node agents. The default class makes them at
 * once, the other one when a pod that uses them has a node.
 */
export function storageClasses(): SeedObject[] {
  return [
    storageClass(STORAGE_CLASS, 'Immediate', {
      'storageclass.kubernetes.io/is-default-class': 'true',
      'storageclass.kubevirt.io/is-default-virt-class': 'true',
    }),
    storageClass(FIRST_CONSUMER_CLASS, 'WaitForFirstConsumer', {}),
    {
      group: 'snapshot.storage.k8s.io',
      resource: 'volumesnapshotclasses',
      object: {
        apiVersion: 'snapshot.storage.k8s.io/v1',
        kind: 'VolumeSnapshotClass',
        metadata: {
          name: SNAPSHOT_CLASS,
          annotations: { 'snapshot.storage.kubernetes.io/is-default-class': 'true' },
        },
        driver: PROVISIONER,
        deletionPolicy: 'Delete',
      } as SeedObject['object'],
    },
  ]
}

function storageClass(
  name: string,
  volumeBindingMode: 'Immediate' | 'WaitForFirstConsumer',
  annotations: Record<string, string>,
): SeedObject {
  const object = {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name, annotations },
    provisioner: PROVISIONER,
    reclaimPolicy: 'Delete',
    volumeBindingMode,
    allowVolumeExpansion: true,
  }
  return { ...STORAGE, object }
}
