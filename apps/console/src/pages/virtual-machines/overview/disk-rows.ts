import type {
  V1Volume,
  V1VirtualMachineInstanceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

export interface DiskRow {
  name: string
  /** disk, cdrom or lun */
  device: string
  bus: string | undefined
  /** The volume's type in KubeVirt's word, such as `containerDisk`. */
  volumeType: string | undefined
  /** What it is made of: image, claim, DataVolume or capacity. */
  source: string | undefined
  bootOrder: number | undefined
}

/** A VM's disks, each with its volume. */
export function diskRows(spec: V1VirtualMachineInstanceSpec | undefined): DiskRow[] {
  const volumes = new Map(spec?.volumes?.map((volume) => [volume.name, volume]))
  return (spec?.domain.devices.disks ?? []).map((disk) => {
    const { name, bootOrder, cdrom, lun, disk: plain } = disk
    const volume = volumes.get(name)
    return {
      name,
      device: cdrom ? 'cdrom' : lun ? 'lun' : 'disk',
      bus: (cdrom ?? lun ?? plain)?.bus,
      volumeType: volume && volumeTypeOf(volume),
      source: volume && sourceOf(volume),
      bootOrder,
    }
  })
}

const volumeTypeOf = (volume: V1Volume): string | undefined =>
  Object.keys(volume).find((key) => key !== 'name')

function sourceOf(volume: V1Volume): string | undefined {
  const { containerDisk, dataVolume, persistentVolumeClaim, ephemeral, emptyDisk } = volume
  return (
    containerDisk?.image ??
    dataVolume?.name ??
    persistentVolumeClaim?.claimName ??
    ephemeral?.persistentVolumeClaim?.claimName ??
    emptyDisk?.capacity
  )
}
