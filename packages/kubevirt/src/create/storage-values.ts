import { z } from 'zod'
import { diskNameFindings } from '../validation/names.ts'
import { checked, finding, report, type Finding } from '../validation/problem.ts'
import { diskSizeFindings } from '../validation/quantities.ts'
import { volumeNameOf } from './volume-name.ts'

export const ROOT_DISK = 'rootdisk'

/**
 * Where a disk comes from: the container image, URL or disk of the first step (`image`, `url`,
 * `clone`), a new empty DataVolume, an existing claim, or scratch space that goes when the VM
 * stops.
 */
const diskValues = z.object({
  name: checked(diskNameFindings),
  source: z.enum(['image', 'url', 'clone', 'blank', 'claim', 'empty']),
  /** In GiB, where the disk is made for this VM. */
  size: z.string(),
  /** Nothing = the cluster's default class; likewise access and volume mode. */
  storageClass: z.string(),
  accessMode: z.enum(['', 'ReadWriteOnce', 'ReadWriteMany']),
  volumeMode: z.enum(['', 'Filesystem', 'Block']),
  claim: z.string(),
  /** Nothing = what the preference or the hypervisor chooses. */
  bus: z.enum(['', 'virtio', 'sata', 'scsi']),
})
export type DiskValues = z.infer<typeof diskValues>
export type DiskSource = DiskValues['source']

/** Disks that are made for the VM and have a size. */
export const hasSize = ({ source }: Pick<DiskValues, 'source'>): boolean =>
  source === 'url' || source === 'clone' || source === 'blank' || source === 'empty'

/** Disks that a storage class provides. */
export const hasStorageClass = ({ source }: Pick<DiskValues, 'source'>): boolean =>
  source === 'url' || source === 'clone' || source === 'blank'

/** Disks that come with the source chosen in the first step; they cannot be removed. */
export const isProvisioned = ({ source }: Pick<DiskValues, 'source'>): boolean =>
  source === 'image' || source === 'url' || source === 'clone'

/** The name stands for a disk of the VM, which may not have dots: two names can collide. */
function isNameUsed(disk: DiskValues, earlier: readonly DiskValues[]): boolean {
  if (disk.name === '') return false
  return earlier.some(({ name }) => volumeNameOf(name) === volumeNameOf(disk.name))
}

function claimFindings(disk: DiskValues, earlier: readonly DiskValues[]): Finding[] {
  if (disk.source !== 'claim') return []
  const isUsed = earlier.some(({ source, claim }) => source === 'claim' && claim === disk.claim)
  return [
    ...finding(disk.claim === '', 'required'),
    ...finding(disk.claim !== '' && isUsed, 'disk.claimInUse'),
  ]
}

export const storageValues = z
  .object({
    disks: z.array(diskValues),
    /** The name of the disk to boot from. */
    bootDisk: z.string(),
  })
  .superRefine(({ disks }, context) => {
    for (const [index, disk] of disks.entries()) {
      const earlier = disks.slice(0, index)
      const at = (field: keyof DiskValues) => ['disks', index, field]
      const isUsed = isNameUsed(disk, earlier)
      report(context, at('name'), finding(isUsed, 'duplicateName', { name: disk.name }))
      if (hasSize(disk)) report(context, at('size'), diskSizeFindings(disk.size))
      report(context, at('claim'), claimFindings(disk, earlier))
    }
  })

const BASE: DiskValues = {
  name: '',
  source: 'blank',
  size: '',
  storageClass: '',
  accessMode: '',
  volumeMode: '',
  claim: '',
  bus: 'virtio',
}

/** The disk that the source of the first step brings along. */
export const rootDisk = (
  source: 'image' | 'url' | 'clone',
  bus: DiskValues['bus'],
): DiskValues => ({
  ...BASE,
  name: ROOT_DISK,
  source,
  size: source === 'image' ? '' : '10',
  bus,
})

/** A disk to add, under the first free name. */
export function newDisk(
  disks: readonly DiskValues[],
  defaults: Pick<DiskValues, 'source' | 'bus'>,
): DiskValues {
  let number = disks.length
  while (isNameUsed({ ...BASE, name: `disk-${number}` }, disks)) number += 1
  const size = hasSize(defaults) ? '10' : ''
  return { ...BASE, ...defaults, name: `disk-${number}`, size }
}
