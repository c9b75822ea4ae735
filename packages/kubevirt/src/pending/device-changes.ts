import type {
  Disk,
  NetworkInterface,
  VirtualMachine,
  VirtualMachineInstance,
  VirtualMachineInstanceSpec,
  Volume,
} from '../types.ts'
import { contains, isSame } from './contains.ts'
import type { PendingChange } from './pending-change.ts'

/** Differences between the disks and NICs of a VM and of its instance. */
export function deviceChanges(
  virtualMachine: VirtualMachine,
  instance: VirtualMachineInstance,
): PendingChange[] {
  const wanted = virtualMachine.spec.template?.spec
  if (!wanted) return []
  const actual = instance.spec
  return [
    ...bootOrderChange(wanted, actual),
    ...diskChanges(wanted, actual),
    ...cloudInitChanges(wanted, actual),
    ...networkInterfaceChanges(wanted, actual),
  ]
}

type Spec = VirtualMachineInstanceSpec

/** Names of disks and NICs with a place in the boot order, the first first. */
export function bootOrderOf({ domain }: Spec): string[] {
  const { disks = [], interfaces = [] } = domain.devices
  return [...disks, ...interfaces]
    .filter(({ bootOrder }) => bootOrder !== undefined)
    .toSorted((one, other) => (one.bootOrder ?? 0) - (other.bootOrder ?? 0))
    .map(({ name }) => name)
}

function bootOrderChange(wanted: Spec, actual: Spec): PendingChange[] {
  const [before, after] = [bootOrderOf(actual), bootOrderOf(wanted)]
  return before.join('/') === after.join('/') ? [] : [{ subject: 'bootOrder', before, after }]
}

const byName = <T extends { name: string }>(items: readonly T[] = []): Map<string, T> =>
  new Map(items.map((item) => [item.name, item]))

/** Plugged into and out of the running guest: that needs no restart. */
const isHotPlugged = ({ dataVolume, persistentVolumeClaim }: Volume): boolean =>
  dataVolume?.hotpluggable ?? persistentVolumeClaim?.hotpluggable ?? false

const cloudInitOf = (volume: Volume | undefined) =>
  volume?.cloudInitNoCloud ?? volume?.cloudInitConfigDrive

function diskChanges(wanted: Spec, actual: Spec): PendingChange[] {
  const [had, has] = [byName(actual.volumes), byName(wanted.volumes)]
  const before = byName(actual.domain.devices.disks)
  const after = byName(wanted.domain.devices.disks)
  const isLive = (name: string): boolean => {
    const volume = has.get(name) ?? had.get(name)
    return volume !== undefined && isHotPlugged(volume)
  }
  const changes: PendingChange[] = []
  for (const [name, disk] of after) {
    const old = before.get(name)
    // Media come and go while the guest runs, drives do not.
    const isNewDrive = !old && disk.cdrom !== undefined
    if (isLive(name) && !isNewDrive) continue
    if (!old) changes.push({ subject: 'disk', name, change: 'added' })
    else if (!isSameDisk(old, disk) || !isSameSource(had.get(name), has.get(name))) {
      changes.push({ subject: 'disk', name, change: 'changed' })
    }
  }
  for (const name of before.keys()) {
    // Admission makes a disk for each volume that has none.
    const isDrive = before.get(name)?.cdrom !== undefined
    const isGone = !after.has(name) && !has.has(name) && (isDrive || !isLive(name))
    if (isGone) changes.push({ subject: 'disk', name, change: 'removed' })
  }
  return changes
}

/** Buses and the like that the VM leaves open were chosen at the start. */
function isSameDisk(old: Disk, disk: Disk): boolean {
  const kind = ({ cdrom, lun }: Disk) => (cdrom ? 'cdrom' : lun ? 'lun' : 'disk')
  const { bootOrder: _bootOrder, ...asked } = disk
  return kind(old) === kind(disk) && contains(old, asked)
}

function isSameSource(old: Volume | undefined, volume: Volume | undefined): boolean {
  // Its text is told as a change of its own.
  if (cloudInitOf(old) && cloudInitOf(volume)) return true
  if (!old || !volume) return old === volume
  // A drive that got a medium while the guest runs.
  return isHotPlugged(old) || contains(old, volume)
}

function cloudInitChanges(wanted: Spec, actual: Spec): PendingChange[] {
  const had = byName(actual.volumes)
  return (wanted.volumes ?? []).flatMap((volume): PendingChange[] => {
    const [before, after] = [cloudInitOf(had.get(volume.name)), cloudInitOf(volume)]
    if (!before || !after || isSame(before, after)) return []
    return [{ subject: 'cloudInit', name: volume.name }]
  })
}

function networkInterfaceChanges(wanted: Spec, actual: Spec): PendingChange[] {
  const { interfaces = [], autoattachPodInterface } = wanted.domain.devices
  const before = byName(actual.domain.devices.interfaces)
  // An absent NIC is one that has been unplugged.
  const after = byName(interfaces.filter(({ state }) => state !== 'absent'))
  const [hadNetworks, networks] = [byName(actual.networks), byName(wanted.networks)]
  const changes: PendingChange[] = []
  for (const [name, nic] of after) {
    const old = before.get(name)
    if (!old || old.state === 'absent') {
      changes.push({ subject: 'networkInterface', name, change: 'added' })
    } else if (
      !isSameInterface(old, nic) ||
      !contains(hadNetworks.get(name), networks.get(name))
    ) {
      changes.push({ subject: 'networkInterface', name, change: 'changed' })
    }
  }
  // A VM without NICs gets one on the pod network unless it declines.
  const isAutomatic = interfaces.length === 0 && autoattachPodInterface !== false
  for (const [name, { state }] of before) {
    if (after.has(name) || isAutomatic || state === 'absent') continue
    changes.push({ subject: 'networkInterface', name, change: 'removed' })
  }
  return changes
}

const BINDINGS = ['masquerade', 'bridge', 'sriov', 'macvtap', 'slirp', 'passt'] as const

function isSameInterface(old: NetworkInterface, nic: NetworkInterface): boolean {
  const binding = (one: NetworkInterface) =>
    one.binding?.name ?? BINDINGS.find((name) => name in one)
  const { bootOrder: _bootOrder, state: _state, ...asked } = nic
  return (binding(nic) ?? binding(old)) === binding(old) && contains(old, asked)
}
