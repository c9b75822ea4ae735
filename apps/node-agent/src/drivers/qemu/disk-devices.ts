import type { GuestDisk } from '../../guest-spec.ts'
import { escaped } from './escape.ts'

/** Options of a device, by their names in QEMU. */
type Options = Record<string, string | number | boolean>

/** The chipset of q35 has six SATA ports of its own; `pc` has none. */
const PORTS = 6
/** Where virtio disks are plugged in while a q35 guest runs: its root complex takes none. */
export const HOTPLUG_PORTS = ['hotplug0', 'hotplug1', 'hotplug2', 'hotplug3']

export interface DiskPlan {
  machine: 'q35' | 'pc'
  hotplug: boolean
  disks: GuestDisk[]
  /** Whether anything of the guest has a place in the boot order. */
  ordered: boolean
}

/** The arguments for all disks that a guest starts with, and for the controllers they need. */
export function diskArguments(plan: DiskPlan): string[] {
  const { machine, disks, ordered } = plan
  const sata = disks.filter((disk) => placeOf(disk) === 'sata')
  const devices = disks.flatMap((disk, index) => {
    // Nothing said about order: disks are tried as they are listed.
    const bootindex = ordered ? disk.bootOrder : index + 1
    const options = {
      ...deviceOf(disk, { port: sata.indexOf(disk), machine }),
      ...(bootindex !== undefined && { bootindex }),
    }
    const back = disk.file === undefined ? [] : ['-blockdev', JSON.stringify(blockDevice(disk))]
    return [...usbBridge(disk), ...back, '-device', optionText(options)]
  })
  return [...controllers(plan, sata.length), ...devices]
}

function controllers({ machine, hotplug, disks }: DiskPlan, sata: number): string[] {
  const wanted: Options[] = []
  // The one that KubeVirt plugs disks into while the guest runs.
  if (hotplug || disks.some((disk) => placeOf(disk) === 'scsi')) {
    wanted.push({ driver: 'virtio-scsi-pci', id: 'scsi0' })
  }
  const onBoard = machine === 'q35' ? PORTS : 0
  const extra = Math.ceil(Math.max(0, sata - onBoard) / PORTS)
  for (let index = 0; index < extra; index += 1) {
    wanted.push({ driver: 'ich9-ahci', id: `ahci${index}` })
  }
  if (hotplug && machine === 'q35') {
    wanted.push(
      ...HOTPLUG_PORTS.map((id, index) => ({
        driver: 'pcie-root-port',
        id,
        chassis: index + 1,
      })),
    )
  }
  return wanted.flatMap((options) => ['-device', optionText(options)])
}

type Place = 'virtio' | 'sata' | 'scsi' | 'usb'

/** There is no virtio CD-ROM: KubeVirt offers it as SATA. */
const placeOf = ({ bus, cdrom }: GuestDisk): Place => (bus === 'virtio' && cdrom ? 'sata' : bus)

export const needsSata = (disks: GuestDisk[]): boolean =>
  disks.some((disk) => placeOf(disk) === 'sata')

export const needsUsb = (disks: GuestDisk[]): boolean =>
  disks.some((disk) => placeOf(disk) === 'usb')

export const deviceId = (name: string): string => `disk-${name}`

/** Names of block devices have 31 characters and no dots; what QEMU tells has the device's id. */
export function nodeName({ name }: { name: string }): string {
  const plain = name.replaceAll(/[^\w-]/g, '_')
  return `node-${plain}`.slice(0, 31)
}

/** The front end: what the guest sees. */
export function deviceOf(
  disk: GuestDisk,
  place: { port: number; machine: 'q35' | 'pc' },
): Options {
  const { name, serial, errorPolicy, blockSize, shareable, cdrom, file, cache } = disk
  // A CD-ROM that cannot be read is the guest's affair.
  const policy = cdrom ? {} : errorOptions(errorPolicy)
  return {
    ...placement(disk, place),
    ...(file !== undefined && { drive: nodeName(disk) }),
    id: deviceId(name),
    ...(serial && { serial }),
    ...(shareable && { 'share-rw': true }),
    ...(blockSize && {
      logical_block_size: blockSize.logical,
      physical_block_size: blockSize.physical,
    }),
    ...(cache === 'writethrough' && !cdrom && { 'write-cache': false }),
    ...policy,
  }
}

function placement(
  disk: GuestDisk,
  { port, machine }: { port: number; machine: 'q35' | 'pc' },
): Options {
  const type = disk.cdrom ? 'cd' : 'hd'
  switch (placeOf(disk)) {
    case 'virtio':
      return { driver: 'virtio-blk-pci' }
    case 'scsi':
      return { driver: `scsi-${type}`, bus: 'scsi0.0' }
    case 'usb':
      return disk.cdrom
        ? { driver: 'scsi-cd', bus: `${usbBridgeId(disk)}.0` }
        : { driver: 'usb-storage', bus: 'usb0.0' }
    case 'sata': {
      const onBoard = machine === 'q35' ? PORTS : 0
      const beyond = port - onBoard
      const bus =
        beyond < 0 ? `ide.${port}` : `ahci${Math.floor(beyond / PORTS)}.${beyond % PORTS}`
      return { driver: `ide-${type}`, bus }
    }
  }
}

const usbBridgeId = ({ name }: GuestDisk): string => `usb-${name}`

/** What usb-storage cannot be: a CD-ROM drive. */
function usbBridge(disk: GuestDisk): string[] {
  if (placeOf(disk) !== 'usb' || !disk.cdrom) return []
  const options = { driver: 'usb-bot', bus: 'usb0.0', id: usbBridgeId(disk) }
  return ['-device', optionText(options)]
}

/** KubeVirt's default pauses the guest, so that it does not take a full disk for a broken one. */
function errorOptions(policy: GuestDisk['errorPolicy'] = 'stop'): Options {
  const action = policy === 'enospace' ? 'enospc' : policy
  return { werror: action, rerror: action === 'enospc' ? 'report' : action }
}

/** The back end: the file, as a node of QEMU's block layer. */
export function blockDevice(disk: GuestDisk): Record<string, unknown> {
  const { file, format, readOnly, cache, io } = disk
  const direct = cache === 'none'
  const shared = {
    discard: 'unmap',
    'read-only': readOnly,
    ...(cache && { cache: { direct } }),
  }
  return {
    driver: format,
    'node-name': nodeName(disk),
    ...shared,
    file: {
      driver: 'file',
      filename: file,
      ...shared,
      ...(io && { aio: io === 'native' && direct ? 'native' : 'threads' }),
      // Two QEMUs that write one disk: what locks are there to prevent.
      ...(disk.shareable && { locking: 'off' }),
    },
  }
}

function optionText(options: Options): string {
  const { driver, ...rest } = options
  const parts = Object.entries(rest).map(([key, value]) => {
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : escaped(String(value))
    return `${key}=${text}`
  })
  return [String(driver), ...parts].join(',')
}
