import { z } from 'zod'
import { VIRTIO_DRIVERS_DISK, driversDisk, driversVolume } from '../create/windows.ts'
import { DeviceEditError } from '../templates/edit-template.ts'
import type { VirtualMachine, VirtualMachineInstance, Volume } from '../types.ts'
import { imageReferenceFindings } from '../validation/image-reference.ts'
import { diskNameFindings } from '../validation/names.ts'
import { checked, finding, report } from '../validation/problem.ts'

/** What can be put into a CD-ROM drive. */
export type Medium = { kind: 'claim'; claim: string } | { kind: 'image'; image: string }

/** A CD-ROM drive and what is put into it. */
const driveValues = z.object({
  name: checked(diskNameFindings),
  kind: z.enum(['claim', 'image', 'empty']),
  claim: z.string(),
  image: z.string(),
})
export type DriveValues = z.infer<typeof driveValues>

/** The form of a drive; `taken` are the names that a new one may not have. */
export const driveSchema = (taken: readonly string[]) =>
  driveValues.superRefine(({ name, kind, claim, image }, context) => {
    report(context, ['name'], finding(taken.includes(name), 'duplicateName', { name }))
    if (kind === 'claim') report(context, ['claim'], finding(claim === '', 'required'))
    if (kind === 'image') report(context, ['image'], imageReferenceFindings(image))
  })

export const mediumOf = ({ kind, claim, image }: DriveValues): Medium | undefined =>
  kind === 'empty' ? undefined : kind === 'claim' ? { kind, claim } : { kind, image }

/** A drive more, on the bus that every guest can read CDs from. */
export function addDrive(virtualMachine: VirtualMachine, values: DriveValues): VirtualMachine {
  const { name } = values
  const medium = mediumOf(values)
  const { disks = [] } = virtualMachine.spec.template.spec?.domain.devices ?? {}
  if (disks.some((disk) => disk.name === name)) throw new DeviceEditError('nameTaken', name)
  const changed = medium
    ? insertMedium(virtualMachine, name, medium)
    : structuredClone(virtualMachine)
  const devices = changed.spec.template.spec?.domain.devices
  if (devices) devices.disks = [...disks, { name, cdrom: { bus: 'sata' } }]
  return changed
}

const volumeIn = (drive: string, medium: Medium): Volume =>
  medium.kind === 'image'
    ? { name: drive, containerDisk: { image: medium.image } }
    : {
        name: drive,
        // So it can be ejected while the guest runs.
        persistentVolumeClaim: { claimName: medium.claim, hotpluggable: true },
      }

function withVolume(
  virtualMachine: VirtualMachine,
  drive: string,
  volume: Volume | undefined,
): VirtualMachine {
  const changed = structuredClone(virtualMachine)
  const spec = changed.spec.template.spec
  if (!spec) return changed
  const others = (spec.volumes ?? []).filter(({ name }) => name !== drive)
  spec.volumes = volume ? [...others, volume] : others
  return changed
}

/** Puts a medium into a drive in place of what is in it. */
export const insertMedium = (virtualMachine: VirtualMachine, drive: string, medium: Medium) =>
  withVolume(virtualMachine, drive, volumeIn(drive, medium))

/** Empties a drive; the drive stays. */
export const ejectMedium = (virtualMachine: VirtualMachine, drive: string) =>
  withVolume(virtualMachine, drive, undefined)

const isPlugged = (volume: Volume | undefined): boolean =>
  volume?.dataVolume?.hotpluggable ?? volume?.persistentVolumeClaim?.hotpluggable ?? false

/**
 * Whether a running guest's drive changes its medium at once: KubeVirt does that with claims that
 * are marked as pluggable, in drives that the guest was started with
 * (https://kubevirt.io/user-guide/storage/hotplug_volumes/).
 */
export function changesMediumLive(
  instance: VirtualMachineInstance | null | undefined,
  drive: string,
  medium: Medium | undefined,
): boolean {
  const { domain, volumes = [] } = instance?.spec ?? {}
  const isThere = domain?.devices.disks?.some(({ name, cdrom }) => name === drive && cdrom)
  const inside = volumes.find(({ name }) => name === drive)
  const canLeave = inside === undefined || isPlugged(inside)
  return Boolean(isThere) && canLeave && medium?.kind !== 'image'
}

export const hasDrivers = ({ spec }: VirtualMachine): boolean =>
  spec.template.spec?.domain.devices.disks?.some(({ name }) => name === VIRTIO_DRIVERS_DISK) ??
  false

/** F-36: the drivers' CD-ROM, behind whatever the VM boots from. */
export function withDrivers(virtualMachine: VirtualMachine): VirtualMachine {
  if (hasDrivers(virtualMachine)) return virtualMachine
  const changed = structuredClone(virtualMachine)
  const spec = changed.spec.template.spec
  if (!spec) return changed
  const { disks = [], interfaces = [] } = spec.domain.devices
  const orders = [...disks, ...interfaces].flatMap(({ bootOrder }) => bootOrder ?? [])
  const { bootOrder: _, ...drive } = driversDisk(0)
  spec.domain.devices.disks = [
    ...disks,
    // Where nothing has a place in the order, the first disk is tried first.
    orders.length === 0 ? drive : driversDisk(Math.max(...orders) + 1),
  ]
  spec.volumes = [...(spec.volumes ?? []), driversVolume]
  return changed
}
