import type { SeedObject } from './index.ts'

export const STORAGE_CLASS = 'local'

/** One class, the default: volumes are files on this machine, shared by its node agents. */
export function storageClasses(): SeedObject[] {
  return [
    {
      group: 'storage.k8s.io',
      resource: 'storageclasses',
      object: {
        apiVersion: 'storage.k8s.io/v1',
        kind: 'StorageClass',
        metadata: {
          name: STORAGE_CLASS,
          annotations: {
            'storageclass.kubernetes.io/is-default-class': 'true',
            'storageclass.kubevirt.io/is-default-virt-class': 'true',
          },
        },
        provisioner: 'virtdeck.io/local',
        reclaimPolicy: 'Delete',
        volumeBindingMode: 'Immediate',
        allowVolumeExpansion: true,
      } as SeedObject['object'],
    },
  ]
}
