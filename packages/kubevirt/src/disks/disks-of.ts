import type { VirtualMachine, Volume } from '../types.ts'

/** A disk of a VM together with its volume. */
export interface DiskInfo {
  name: string
  device: 'disk' | 'cdrom' | 'lun'
  bus: string | undefined
  /** The volume's type in KubeVirt's word, such as `containerDisk`. */
  volumeType: string | undefined
  /** What it is made of: image, claim, DataVolume or capacity. */
  source: string | undefined
  bootOrder: number | undefined
  /** The size that is asked for, where the VM says so itself. */
  size: string | undefined
}

/** A VM's disks in the order of its definition; a volume may be missing. */
export function disksOf({ spec }: Pick<VirtualMachine, 'spec'>): DiskInfo[] {
  const instance = spec.template?.spec
  const volumes = new Map(instance?.volumes?.map((volume) => [volume.name, volume]))
  return (instance?.domain.devices.disks ?? []).map((disk) => {
    const { name, bootOrder, cdrom, lun, disk: plain } = disk
    const volume = volumes.get(name)
    return {
      name,
      device: cdrom ? 'cdrom' : lun ? 'lun' : 'disk',
      bus: (cdrom ?? lun ?? plain)?.bus,
      volumeType: volume && volumeTypeOf(volume),
      source: volume && sourceOf(volume),
      bootOrder,
      size: volume && sizeOf(volume, spec),
    }
  })
}

/** The volume's type in KubeVirt's word, such as `containerDisk`. */
export const volumeTypeOf = (volume: Volume): string | undefined =>
  Object.keys(volume).find((key) => key !== 'name')

function sourceOf(volume: Volume): string | undefined {
  const { containerDisk, dataVolume, persistentVolumeClaim, ephemeral, emptyDisk } = volume
  return (
    containerDisk?.image ??
    dataVolume?.name ??
    persistentVolumeClaim?.claimName ??
    ephemeral?.persistentVolumeClaim?.claimName ??
    emptyDisk?.capacity
  )
}

function sizeOf(volume: Volume, spec: VirtualMachine['spec']): string | undefined {
  if (volume.emptyDisk) return volume.emptyDisk.capacity
  const template = spec.dataVolumeTemplates?.find(
    ({ metadata }) => metadata?.name === volume.dataVolume?.name,
  )
  const { storage, pvc } = template?.spec ?? {}
  const requests = (storage ?? pvc)?.resources?.requests
  return requests?.['storage']
}
