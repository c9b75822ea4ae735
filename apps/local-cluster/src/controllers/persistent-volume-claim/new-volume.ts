import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../informers.ts'
import { PROVISIONER } from './names.ts'

export const nameOfVolume = (claim: PersistentVolumeClaim): string =>
  `pvc-${claim.metadata?.uid ?? ''}`

/** The volume that is provisioned for a claim. */
export function newVolume(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  path: string,
): PersistentVolume {
  const { namespace = '', name = '', uid = '' } = claim.metadata ?? {}
  const { accessModes, volumeMode, storageClassName, resources } = claim.spec ?? {}
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: nameOfVolume(claim),
      annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER },
    },
    spec: {
      ...(accessModes && { accessModes }),
      ...(volumeMode && { volumeMode }),
      ...(storageClassName && { storageClassName }),
      capacity: { storage: resources?.requests?.['storage'] ?? '0' },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      local: { path },
      nodeAffinity: EVERY_NODE,
    },
  }
}

/** Every node of the local cluster sees the same files. */
const EVERY_NODE = {
  required: {
    nodeSelectorTerms: [
      { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'Exists' }] },
    ],
  },
}
