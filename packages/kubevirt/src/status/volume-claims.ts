import type { V1Volume as Volume } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

/** The PVC behind a volume; a DataVolume's has the DataVolume's name. */
export function claimNameOf(volume: Volume): string | undefined {
  return (
    volume.persistentVolumeClaim?.claimName ??
    volume.dataVolume?.name ??
    volume.ephemeral?.persistentVolumeClaim?.claimName
  )
}
