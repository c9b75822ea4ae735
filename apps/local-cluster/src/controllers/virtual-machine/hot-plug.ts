import { isDeepStrictEqual } from 'node:util'
import type { VirtualMachineInstance } from '../informers.ts'

type InstanceSpec = VirtualMachineInstance['spec']
type Volume = NonNullable<InstanceSpec['volumes']>[number]

/** Volumes that only the running guest has: the VM does not take them away. */
const EPHEMERAL = 'kubevirt.io/ephemeral-hotplug-volumes'

/**
 * The volumes and disks of a running instance, with those that were plugged into its VM's
 * template and without those that were taken out of it; nothing if they are there already.
 */
export function hotPlugged(
  { spec, metadata }: VirtualMachineInstance,
  template: InstanceSpec,
): Partial<InstanceSpec> {
  const ephemeral = new Set((metadata?.annotations?.[EPHEMERAL] ?? '').split(','))
  const wanted = new Map((template.volumes ?? []).map((volume) => [volume.name, volume]))
  const present = spec.volumes ?? []
  const kept = present.filter(
    (volume) =>
      !isPlugged(volume) ||
      ephemeral.has(volume.name) ||
      isDeepStrictEqual(wanted.get(volume.name), volume),
  )
  const disks = spec.domain.devices.disks ?? []
  const templateDisks = template.domain.devices.disks ?? []
  // Media come and go, drives need a restart.
  const isNewDrive = (name: string): boolean =>
    templateDisks.some((disk) => disk.name === name && disk.cdrom !== undefined) &&
    !disks.some((disk) => disk.name === name)
  const added = [...wanted.values()].filter(
    (volume) =>
      isPlugged(volume) &&
      !kept.some(({ name }) => name === volume.name) &&
      !isNewDrive(volume.name),
  )
  const removed = present.filter((volume) => !kept.includes(volume))
  if (added.length === 0 && removed.length === 0) return {}

  const staying = disks.filter(
    ({ name, cdrom }) => cdrom !== undefined || !removed.some((volume) => volume.name === name),
  )
  const coming = templateDisks.filter(
    ({ name }) =>
      added.some((volume) => volume.name === name) &&
      !staying.some((disk) => disk.name === name),
  )
  const devices = { ...spec.domain.devices, disks: [...staying, ...coming] }
  return { volumes: [...kept, ...added], domain: { ...spec.domain, devices } }
}

const isPlugged = ({ dataVolume, persistentVolumeClaim }: Volume): boolean =>
  Boolean(dataVolume?.hotpluggable ?? persistentVolumeClaim?.hotpluggable)
