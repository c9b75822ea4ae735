import type { Disk, Volume } from '../types.ts'
import { userDataOf } from './cloud-init.ts'
import { gibibytes } from './data-volume-template.ts'
import { isWindows } from './operating-systems.ts'
import type { DiskValues } from './storage-values.ts'
import type { GeneralValues, VirtualMachineCreateValues } from './values.ts'
import { dataVolumeNameOf, volumeNameOf } from './volume-name.ts'
import { driversDisk, driversVolume, sysprepDisk, sysprepVolume } from './windows.ts'

export const CLOUD_INIT_DISK = 'cloudinitdisk'

/** A disk of the guest and what is in it. */
export interface Attachment {
  disk: Disk
  volume: Volume
}

/** Disks and their volumes, in the order in which the guest finds them. */
export function attachmentsOf(values: VirtualMachineCreateValues): Attachment[] {
  const { general, storage } = values
  const { cloudInit, windows, operatingSystem } = general
  const hasDrivers = isWindows(operatingSystem) && windows.drivers
  const hasSysprep = isWindows(operatingSystem) && windows.unattend.trim() !== ''
  const userData = userDataOf(cloudInit)
  const bootOrder = bootOrders(values, hasDrivers)
  const attachments = storage.disks.map((disk) => ({
    disk: diskOf(disk, bootOrder.get(disk.name)),
    volume: volumeOf(disk, general),
  }))
  if (userData !== undefined) {
    attachments.push(cloudInitAttachment(userData, storage.disks[0]?.bus ?? 'virtio'))
  }
  if (hasSysprep) attachments.push({ disk: sysprepDisk, volume: sysprepVolume(general) })
  if (hasDrivers) {
    attachments.push({
      disk: driversDisk(bootOrder.size + firstOrder(general)),
      volume: driversVolume,
    })
  }
  return attachments
}

/** A NIC that boots first has the order 1. */
const firstOrder = ({ source }: GeneralValues): number => (source === 'pxe' ? 2 : 1)

/**
 * The order of the boot disk, and of all the others where a CD-ROM or a NIC boots too: KubeVirt
 * tries devices without an order after those that have one.
 */
function bootOrders(
  { general, storage }: VirtualMachineCreateValues,
  isOrderComplete: boolean,
): Map<string, number> {
  const { disks, bootDisk } = storage
  const boot = disks.filter(({ name }) => name === bootDisk)
  const others = disks.filter(({ name }) => name !== bootDisk)
  const ordered = isOrderComplete || general.source === 'pxe' ? [...boot, ...others] : boot
  return new Map(ordered.map(({ name }, index) => [name, index + firstOrder(general)]))
}

const cloudInitAttachment = (userData: string, bus: DiskValues['bus']): Attachment => ({
  disk: { name: CLOUD_INIT_DISK, disk: busOf(bus) },
  volume: { name: CLOUD_INIT_DISK, cloudInitNoCloud: { userData } },
})

/** What is left out, the preference or KubeVirt chooses. */
const busOf = (bus: DiskValues['bus']): { bus?: string } => (bus === '' ? {} : { bus })

export const diskOf = ({ name, bus }: DiskValues, bootOrder: number | undefined): Disk => ({
  name: volumeNameOf(name),
  disk: busOf(bus),
  ...(bootOrder !== undefined && { bootOrder }),
})

export function volumeOf(
  disk: DiskValues,
  { name, image }: Pick<GeneralValues, 'name' | 'image'>,
): Volume {
  const volume = { name: volumeNameOf(disk.name) }
  switch (disk.source) {
    case 'image':
      return { ...volume, containerDisk: { image } }
    case 'claim':
      return { ...volume, persistentVolumeClaim: { claimName: disk.claim } }
    case 'empty':
      return { ...volume, emptyDisk: { capacity: gibibytes(disk.size) } }
    case 'url':
    case 'clone':
    case 'blank':
      return { ...volume, dataVolume: { name: dataVolumeNameOf(name, disk.name) } }
  }
}
