import { z } from 'zod'
import type { Disk } from '../types.ts'
import { checked, finding, report } from '../validation/problem.ts'
import type { EditItem } from './item.ts'

const MAX_SERIAL = 256
const SERIAL = /^[A-Za-z0-9_.+-]*$/

/** How the guest gets a disk; nothing = KubeVirt chooses. */
const diskOptions = z
  .object({
    drive: z.enum(['disk', 'cdrom', 'lun']),
    bus: z.enum(['', 'virtio', 'sata', 'scsi', 'usb']),
    cache: z.enum(['', 'none', 'writethrough', 'writeback']),
    io: z.enum(['', 'native', 'threads']),
    serial: checked((serial) => [
      ...finding(!SERIAL.test(serial), 'disk.serial'),
      ...finding(serial.length > MAX_SERIAL, 'tooLong', {
        max: MAX_SERIAL,
        length: serial.length,
      }),
    ]),
    isShareable: z.boolean(),
  })
  .superRefine(({ drive, bus, io, cache }, context) => {
    report(context, ['bus'], finding(drive === 'cdrom' && bus === 'virtio', 'disk.cdromBus'))
    report(context, ['bus'], finding(drive === 'lun' && bus === 'sata', 'disk.lunBus'))
    const isCached = io === 'native' && (cache === 'writeback' || cache === 'writethrough')
    report(context, ['io'], finding(isCached, 'disk.nativeIo'))
  })
export type DiskOptions = z.infer<typeof diskOptions>

const driveOf = ({ cdrom, lun }: Disk): DiskOptions['drive'] =>
  cdrom ? 'cdrom' : lun ? 'lun' : 'disk'

/** What no option says, such as a block size or a tray, stays. */
function withOptions(disk: Disk, options: DiskOptions): Disk {
  const { cache: _1, io: _2, serial: _3, shareable: _4, ...kept } = disk
  const { disk: plain, cdrom, lun, ...others } = kept
  const { drive, bus, cache, io, serial, isShareable } = options
  const device = drive === driveOf(disk) ? (plain ?? cdrom ?? lun) : {}
  const { bus: _5, ...rest } = device ?? {}
  return {
    ...others,
    [drive]: { ...rest, ...(bus !== '' && { bus }) },
    ...(cache !== '' && { cache }),
    ...(io !== '' && { io }),
    ...(serial !== '' && { serial }),
    ...(isShareable && { shareable: true }),
  }
}

const NO_OPTIONS: DiskOptions = {
  drive: 'disk',
  bus: '',
  cache: '',
  io: '',
  serial: '',
  isShareable: false,
}

/** F-31: one disk of a VM. */
export const diskItem = (name: string): EditItem<DiskOptions> => ({
  schema: diskOptions,
  read: ({ spec }) => {
    const disk = spec.template?.spec?.domain.devices.disks?.find((each) => each.name === name)
    if (!disk) return NO_OPTIONS
    return {
      drive: driveOf(disk),
      bus: ((disk.disk ?? disk.cdrom ?? disk.lun)?.bus ?? '') as DiskOptions['bus'],
      cache: (disk.cache ?? '') as DiskOptions['cache'],
      io: (disk.io ?? '') as DiskOptions['io'],
      serial: disk.serial ?? '',
      isShareable: disk.shareable ?? false,
    }
  },
  write: ({ spec }, options) => {
    const devices = spec.template?.spec?.domain.devices
    if (!devices?.disks) return
    devices.disks = devices.disks.map((disk) =>
      disk.name === name ? withOptions(disk, options) : disk,
    )
  },
  places: [
    [/disks\[\d+\].*bus$/, 'bus'],
    [/disks\[\d+\].*cache$/, 'cache'],
    [/disks\[\d+\].*io$/i, 'io'],
    [/disks\[\d+\].*serial$/, 'serial'],
    [/disks\[\d+\].*shareable$/, 'isShareable'],
    [/disks\[\d+\]/, 'drive'],
  ],
})
