import type { KubernetesObject } from '@virtdeck/kubernetes'

/** The CSI snapshotter's kinds; no published package has their types. */
export interface VolumeSnapshot extends KubernetesObject {
  spec?: {
    source: { persistentVolumeClaimName?: string; volumeSnapshotContentName?: string }
    volumeSnapshotClassName?: string
  }
  status?: {
    boundVolumeSnapshotContentName?: string
    creationTime?: string
    readyToUse?: boolean
    restoreSize?: string
    error?: { message: string; time: string }
  }
}

export interface VolumeSnapshotContent extends KubernetesObject {
  spec?: {
    deletionPolicy: string
    driver: string
    source: { volumeHandle?: string; snapshotHandle?: string }
    sourceVolumeMode?: string
    volumeSnapshotClassName?: string
    volumeSnapshotRef: Record<string, string>
  }
  status?: {
    /** Nanoseconds. */
    creationTime?: number
    readyToUse?: boolean
    /** Bytes. */
    restoreSize?: number
    snapshotHandle?: string
  }
}
