import { mkdir, open, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type {
  V1Disk,
  V1HostDisk as HostDisk,
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1Volume as Volume,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { parseQuantity, type KubernetesClient } from '@virtdeck/kubernetes'
import type { GuestDisk } from '../guest-spec.ts'
import { diskShapeOf } from '../machine-spec.ts'
import { claimedDisk } from './claimed-disk.ts'
import { pullContainerDisk } from './container-disk.ts'
import { filesOf, type FileVolume } from './file-volumes.ts'
import type { ImageStore } from './image-store.ts'
import { writeIso } from './iso.ts'
import { createBlank, createOverlay, type DiskImage } from './qemu-img.ts'

export interface VolumesOptions {
  client: KubernetesClient
  store: ImageStore
  nodeName: string
}

interface Work extends VolumesOptions, FileVolume {
  /** Where a file of this volume may be put; it lasts as long as the VMI. */
  fileWith: (extension: string) => string
}

/** Makes the files of all disks of a VMI ready. What is there from an earlier start is kept. */
export async function prepareDisks(
  instance: VirtualMachineInstance,
  directory: string,
  options: VolumesOptions,
): Promise<GuestDisk[]> {
  const disks: GuestDisk[] = []
  for (const disk of instance.spec.domain.devices.disks ?? []) {
    const volume = instance.spec.volumes?.find(({ name }) => name === disk.name)
    try {
      disks.push(await prepareDisk({ ...options, instance, disk, directory }))
    } catch (error) {
      // It is plugged in as soon as it is there.
      if (volume === undefined || !isPluggable(volume)) throw error
    }
  }
  return disks
}

/** Whether a volume may come and go while the guest runs. */
export const isPluggable = ({ dataVolume, persistentVolumeClaim }: Volume): boolean =>
  Boolean(dataVolume?.hotpluggable ?? persistentVolumeClaim?.hotpluggable)

export interface DiskOptions extends VolumesOptions {
  instance: VirtualMachineInstance
  disk: V1Disk
  directory: string
}

/** Makes the file of one disk ready; a CD-ROM drive may have none. */
export async function prepareDisk(options: DiskOptions): Promise<GuestDisk> {
  const { instance, disk, directory, ...rest } = options
  const { name } = disk
  const namespace = instance.metadata?.namespace ?? ''
  const volume = instance.spec.volumes?.find((candidate) => candidate.name === name)
  if (volume === undefined) {
    if (disk.cdrom === undefined) throw new Error(`disk "${name}" has no volume`)
    return { ...diskShapeOf(disk), name, file: undefined, format: 'raw' }
  }
  const fileWith = (extension: string) => join(directory, `${name}.${extension}`)
  const image = await prepareVolume({ ...rest, instance, namespace, volume, fileWith })
  return { ...image, ...diskShapeOf(disk), name }
}

async function prepareVolume(work: Work): Promise<DiskImage> {
  const { volume, fileWith, store, namespace } = work
  if (volume.containerDisk) {
    const { image } = volume.containerDisk
    const stored = await pullContainerDisk({ store, image })
    if (stored === undefined) throw new Error(`image ${image} is not on this node`)
    return overlayOnce(fileWith('qcow2'), { file: stored.disk, format: stored.format })
  }
  if (volume.ephemeral?.persistentVolumeClaim) {
    const { claimName: name } = volume.ephemeral.persistentVolumeClaim
    return overlayOnce(fileWith('qcow2'), await claimedDisk(work, { namespace, name }))
  }
  const name = volume.persistentVolumeClaim?.claimName ?? volume.dataVolume?.name
  if (name !== undefined) return claimedDisk(work, { namespace, name })
  if (volume.emptyDisk) {
    const file = fileWith('qcow2')
    const bytes = bytesOf(volume.emptyDisk.capacity)
    return (await isThere(file)) ? { file, format: 'qcow2' } : createBlank(file, bytes)
  }
  if (volume.hostDisk) return hostDisk(volume.hostDisk)
  const files = await filesOf(work)
  if (files === undefined) {
    const kind = Object.keys(volume).find((key) => key !== 'name') ?? 'unknown'
    throw new Error(`volume "${volume.name}": this node does not know volumes of kind ${kind}`)
  }
  const file = fileWith('iso')
  await writeIso({ file, ...files })
  return { file, format: 'raw' }
}

/** A raw file anywhere on this machine; admission lets it pass only with its feature gate. */
async function hostDisk({ path, type, capacity }: HostDisk): Promise<DiskImage> {
  if (!(await isThere(path))) {
    if (type !== 'DiskOrCreate') throw new Error(`there is no disk ${path} on this node`)
    await mkdir(dirname(path), { recursive: true })
    const file = await open(path, 'wx', 0o600)
    try {
      await file.truncate(bytesOf(capacity ?? ''))
    } finally {
      await file.close()
    }
  }
  return { file: path, format: 'raw' }
}

function bytesOf(quantity: string): number {
  const bytes = parseQuantity(quantity)
  if (bytes === undefined) throw new Error(`"${quantity}" is no size`)
  return bytes
}

async function overlayOnce(file: string, base: DiskImage): Promise<DiskImage> {
  return (await isThere(file)) ? { file, format: 'qcow2' } : createOverlay(file, base)
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )
