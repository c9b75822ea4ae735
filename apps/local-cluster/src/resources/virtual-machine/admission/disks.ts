import type { V1Disk as Disk } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { dnsLabelProblems } from '../../names.ts'
import { cause, causeIf, type InstanceSpec } from './cause.ts'

const SUPPORTED_BUSES = ['virtio', 'scsi', 'sata', 'usb']
const CACHE_MODES = new Set(['none', 'writethrough', 'writeback', 'directsync'])
const IO_MODES = new Set(['native', 'threads'])
const ERROR_POLICIES = new Set(['stop', 'ignore', 'report', 'enospace'])
const SERIAL = /^[A-Za-z0-9_.+-]+$/
const MAX_SERIAL = 256
export const PCI_ADDRESS = /^[0-9a-f]{4}:[0-9a-f]{2}:[0-1][0-9a-f]\.[0-7]$/i
const BLOCK_SIZE = { min: 512, max: 2_097_152 }

export function diskRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const disks = domain.devices.disks ?? []
  const list = `${field}.domain.devices.disks`
  return disks.flatMap((disk, index) => {
    const at = `${list}[${index}]`
    return [
      ...sameName(list, disks, index),
      ...singleTarget(at, disk),
      ...pciAddress(list, index, disk),
      ...causeIf(
        disk.bootOrder !== undefined && disk.bootOrder < 1,
        `${at}.bootOrder`,
        `${at} must have a boot order > 0, if supplied`,
      ),
      ...bus(list, index, disk),
      ...reservation(at, disk),
      ...serial(at, disk),
      ...modes(list, index, disk),
      ...dnsLabelProblems(disk.name).map((problem) =>
        // virt-api appends the path to a path that already ends there.
        cause(`${list}.domain.devices.disks[${index}].name`, problem),
      ),
      ...blockSize(at, disk),
    ]
  })
}

function sameName(list: string, disks: Disk[], index: number): StatusCause[] {
  return disks
    .slice(0, index)
    .flatMap((other, otherIndex) =>
      causeIf(
        other.name === disks[index]?.name,
        `${list}[${index}].name`,
        `${list}[${index}] and ${list}[${otherIndex}] must not have the same Name.`,
      ),
    )
}

function singleTarget(at: string, { disk, lun, cdrom }: Disk): StatusCause[] {
  const targets = [disk, lun, cdrom].filter(Boolean)
  return causeIf(targets.length > 1, at, `${at} can only have a single target type defined`)
}

function targetOf({ disk, lun, cdrom }: Disk): { type: string; bus: string } | undefined {
  if (disk) return { type: 'disk', bus: disk.bus ?? '' }
  if (lun) return { type: 'lun', bus: lun.bus ?? '' }
  return cdrom && { type: 'cdrom', bus: cdrom.bus ?? '' }
}

function bus(list: string, index: number, disk: Disk): StatusCause[] {
  const at = `${list}[${index}]`
  const target = targetOf(disk)
  if (!target?.bus) return []
  const busField = `${at}.${target.type}.bus`
  const causes: StatusCause[] = []
  if (target.bus === 'ide') causes.push(cause(busField, 'IDE bus is not supported'))
  else if (!SUPPORTED_BUSES.includes(target.bus)) {
    causes.push(
      cause(
        busField,
        `${at} is set with an unrecognized bus ${target.bus}, must be one of: [${SUPPORTED_BUSES.join(' ')}]`,
      ),
    )
  }
  if (target.bus === 'virtio' && target.type === 'cdrom') {
    causes.push(cause(busField, 'Bus type virtio is invalid for CD-ROM device'))
  }
  if (target.bus === 'sata' && disk.disk?.readonly) {
    causes.push(cause(busField, 'sata hard-disks do not support read-only.'))
  }
  if (disk.dedicatedIOThread && target.bus !== 'virtio') {
    causes.push(
      cause(
        `${list}.domain.devices.disks[${index}]`,
        `IOThreads are not supported for disks on a ${target.bus} bus`,
        'FieldValueNotSupported',
      ),
    )
  }
  return causes
}

function reservation(at: string, { lun }: Disk): StatusCause[] {
  return causeIf(
    lun?.reservation && lun.bus !== 'scsi',
    `${at}.lun.bus`,
    `Persistent reservation requires a SCSI bus, but ${lun?.bus ?? ''} was specified`,
  )
}

/** virt-api's paths of this rule go their own ways. */
function pciAddress(list: string, index: number, { disk }: Disk): StatusCause[] {
  const address = disk?.pciAddress
  if (!address) return []
  const at = `${list}.domain.devices.disks.disk[${index}]`
  return [
    ...causeIf(
      disk.bus !== 'virtio',
      `${at}.pciAddress`,
      `disk ${at}.name - setting a PCI address is only possible with bus type virtio.`,
    ),
    ...causeIf(
      !PCI_ADDRESS.test(address),
      `${at}.pciAddress`,
      `disk ${at}.name has malformed PCI address (${address}).`,
    ),
  ]
}

function serial(at: string, { serial: value }: Disk): StatusCause[] {
  if (!value) return []
  return [
    ...causeIf(
      !SERIAL.test(value),
      `${at}.serial`,
      `${at} must be made up of the following characters [A-Za-z0-9_.+-], if specified`,
    ),
    ...causeIf(
      value.length > MAX_SERIAL,
      `${at}.serial`,
      `${at} must be less than or equal to ${MAX_SERIAL} in length, if specified`,
    ),
  ]
}

function modes(list: string, index: number, { cache, io, errorPolicy }: Disk): StatusCause[] {
  const at = `${list}[${index}]`
  const causes = causeIf(
    !!cache && !CACHE_MODES.has(cache),
    `${at}.cache`,
    `${at}.cache has invalid value ${cache}`,
  )
  if (io && !IO_MODES.has(io)) {
    causes.push(
      cause(
        `${list}.domain.devices.disks[${index}].io`,
        `Disk IO mode for ${list} is not supported. Supported modes are: native, threads.`,
        'FieldValueNotSupported',
      ),
    )
  }
  if (errorPolicy !== undefined && !ERROR_POLICIES.has(errorPolicy)) {
    causes.push(
      cause(`${at}.errorPolicy`, `${at}.errorPolicy has invalid value "${errorPolicy}"`),
    )
  }
  return causes
}

function blockSize(at: string, disk: Disk): StatusCause[] {
  const { custom, matchVolume } = disk.blockSize ?? {}
  if (!custom) return []
  const field = `${at}.blockSize`
  if (matchVolume && matchVolume.enabled !== false) {
    return [cause(field, "Block size matching can't be enabled together with a custom value")]
  }
  const { logical = 0, physical = 0 } = custom
  if (logical > physical) {
    return [
      cause(
        `${field}.custom.logical`,
        `Logical size ${logical} must be the same or less than the physical size of ${physical}`,
      ),
    ]
  }
  if (targetOf(disk)?.bus === 'sata' && logical !== BLOCK_SIZE.min) {
    return [
      cause(
        `${field}.custom.logical`,
        `Logical size ${logical} must be ${BLOCK_SIZE.min} for SATA devices`,
      ),
    ]
  }
  return [
    ...customSize(`${field}.custom.logical`, logical),
    ...customSize(`${field}.custom.physical`, physical),
  ]
}

function customSize(field: string, size: number): StatusCause[] {
  if (size < BLOCK_SIZE.min) {
    const message = `Provided size of ${size} is less than the supported minimum size of ${BLOCK_SIZE.min}`
    return [cause(field, message)]
  }
  if (size > BLOCK_SIZE.max) {
    const message = `Provided size of ${size} is greater than the supported maximum size of ${BLOCK_SIZE.max}`
    return [cause(field, message)]
  }
  return causeIf(
    (size & (size - 1)) !== 0,
    field,
    `Provided size of ${size} is not a power of 2`,
  )
}
