import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { SharedInformers } from '../informers.ts'

const DEFAULT = 'snapshot.storage.kubernetes.io/is-default-class'

export interface VolumeSnapshotClass extends KubernetesObject {
  driver?: string
  deletionPolicy?: string
}

/**
 * Finds the class for snapshots of volumes of a storage class: the only one of its provisioner,
 * or the default of several. Source: KubeVirt `getVolumeSnapshotClassName`.
 */
export function snapshotClasses(
  informers: SharedInformers,
): (storageClass: string) => string | undefined {
  const storageClasses = informers.storageClasses()
  const classes = informers.of<VolumeSnapshotClass>(RESOURCES.volumeSnapshotClasses)
  return (storageClass) => {
    const provisioner = storageClasses.get(storageClass)?.provisioner
    if (provisioner === undefined) return undefined
    const matching = [...classes.list()].filter(({ driver }) => driver === provisioner)
    const preferred = matching.find(({ metadata }) => metadata?.annotations?.[DEFAULT])
    const chosen = matching.length === 1 ? matching[0] : preferred
    return chosen?.metadata?.name
  }
}
