import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  IoK8sApiCoreV1ConfigMap as ConfigMap,
  IoK8sApiCoreV1PersistentVolume as PersistentVolume,
  IoK8sApiCoreV1PersistentVolumeClaim as PersistentVolumeClaim,
  IoK8sApiCoreV1Secret as Secret,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1CloudInitNoCloudSource as CloudInitVolume,
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1Volume as Volume,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { parseQuantity, RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import type { GuestDisk } from '../guest-spec.ts'
import { diskShapeOf } from '../machine-spec.ts'
import { configDriveFiles, noCloudFiles, type CloudInitSource } from './cloud-init.ts'
import { pullContainerDisk } from './container-disk.ts'
import type { ImageStore } from './image-store.ts'
import { writeIso } from './iso.ts'
import { createBlank, createOverlay, type DiskImage } from './qemu-img.ts'

export interface VolumesOptions {
  client: KubernetesClient
  store: ImageStore
}

interface Work extends VolumesOptions {
  instance: VirtualMachineInstance
  namespace: string
  volume: Volume
  /** Where a file of this volume may be put; it lasts as long as the VMI. */
  fileWith: (extension: string) => string
}

/** Makes the files of all disks of a VMI ready. What is there from an earlier start is kept. */
export async function prepareDisks(
  instance: VirtualMachineInstance,
  directory: string,
  options: VolumesOptions,
): Promise<GuestDisk[]> {
  const namespace = instance.metadata?.namespace ?? ''
  const volumes = new Map((instance.spec.volumes ?? []).map((volume) => [volume.name, volume]))
  const disks: GuestDisk[] = []
  for (const disk of instance.spec.domain.devices.disks ?? []) {
    const volume = volumes.get(disk.name)
    if (volume === undefined) throw new Error(`disk "${disk.name}" has no volume`)
    const fileWith = (extension: string) => join(directory, `${disk.name}.${extension}`)
    const image = await prepareVolume({ ...options, instance, namespace, volume, fileWith })
    disks.push({
      ...image,
      ...diskShapeOf(disk),
      name: disk.name,
    })
  }
  return disks
}

async function prepareVolume(work: Work): Promise<DiskImage> {
  const { volume, fileWith, store } = work
  if (volume.containerDisk) {
    const { image } = volume.containerDisk
    const stored = await pullContainerDisk({ store, image })
    if (stored === undefined) throw new Error(`image ${image} is not on this node`)
    return overlayOnce(fileWith('qcow2'), { file: stored.disk, format: stored.format })
  }
  if (volume.ephemeral?.persistentVolumeClaim) {
    const { claimName } = volume.ephemeral.persistentVolumeClaim
    return overlayOnce(fileWith('qcow2'), await claimedDisk(work, claimName))
  }
  const claimName = volume.persistentVolumeClaim?.claimName ?? volume.dataVolume?.name
  if (claimName !== undefined) return claimedDisk(work, claimName)
  if (volume.emptyDisk) {
    const bytes = parseQuantity(volume.emptyDisk.capacity)
    if (bytes === undefined) throw new Error(`"${volume.emptyDisk.capacity}" is no size`)
    const file = fileWith('qcow2')
    return (await isThere(file)) ? { file, format: 'qcow2' } : createBlank(file, bytes)
  }
  return prepareFiles(work)
}

/** Volumes that are a CD with files on it. */
async function prepareFiles(work: Work): Promise<DiskImage> {
  const { volume, instance, namespace, client, fileWith } = work
  const file = fileWith('iso')
  const write = async (label: string, content: Record<string, string | Buffer>) => {
    await writeIso({ file, label, content })
    return { file, format: 'raw' } as const
  }
  const { name = '' } = instance.metadata ?? {}
  const identity = { name, namespace, hostname: instance.spec.hostname ?? name }
  if (volume.cloudInitNoCloud) {
    const source = await cloudInitSource(volume.cloudInitNoCloud, work)
    return write('cidata', noCloudFiles(source, identity))
  }
  if (volume.cloudInitConfigDrive) {
    const source = await cloudInitSource(volume.cloudInitConfigDrive, work)
    return write('config-2', configDriveFiles(source, identity))
  }
  if (volume.secret?.secretName) {
    const target = { namespace, name: volume.secret.secretName }
    const { data = {} } = await client.get<Secret>(RESOURCES.secrets, target)
    const content = Object.entries(data).map(
      ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
    )
    return write(volume.secret.volumeLabel ?? '', Object.fromEntries(content))
  }
  if (volume.configMap?.name) {
    const target = { namespace, name: volume.configMap.name }
    const { data = {} } = await client.get<ConfigMap>(RESOURCES.configMaps, target)
    return write(volume.configMap.volumeLabel ?? '', data)
  }
  const kind = Object.keys(volume).find((key) => key !== 'name') ?? 'unknown'
  throw new Error(`volume "${volume.name}": this node does not know volumes of kind ${kind}`)
}

async function cloudInitSource(volume: CloudInitVolume, work: Work): Promise<CloudInitSource> {
  const userData =
    volume.userData ??
    decoded(volume.userDataBase64) ??
    (await secretValue(work, volume.secretRef?.name, ['userdata', 'userData']))
  const networkData =
    volume.networkData ??
    decoded(volume.networkDataBase64) ??
    (await secretValue(work, volume.networkDataSecretRef?.name, ['networkdata', 'networkData']))
  return {
    ...(userData !== undefined && { userData }),
    ...(networkData !== undefined && { networkData }),
  }
}

const decoded = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8')

async function secretValue(
  { client, namespace }: Work,
  name: string | undefined,
  keys: string[],
): Promise<string | undefined> {
  if (name === undefined) return undefined
  const { data = {} } = await client.get<Secret>(RESOURCES.secrets, { namespace, name })
  const key = keys.find((candidate) => candidate in data)
  if (key === undefined) throw new Error(`secret "${name}" has no key ${keys.join(' or ')}`)
  return decoded(data[key])
}

/** The file behind a claim: claim → volume → directory on this machine. */
async function claimedDisk({ client, namespace }: Work, name: string): Promise<DiskImage> {
  const claim = await client.get<PersistentVolumeClaim>(RESOURCES.persistentVolumeClaims, {
    namespace,
    name,
  })
  const volumeName = claim.spec?.volumeName
  if (volumeName === undefined) throw new Error(`PVC ${namespace}/${name} is not bound`)
  const { spec } = await client.get<PersistentVolume>(RESOURCES.persistentVolumes, {
    name: volumeName,
  })
  const path = spec?.local?.path ?? spec?.hostPath?.path
  if (path === undefined) throw new Error(`PV ${volumeName} is not on this machine`)
  const file = join(path, claim.spec?.volumeMode === 'Block' ? 'block.img' : 'disk.img')
  if (!(await isThere(file))) {
    throw new Error(`PVC ${namespace}/${name} has no disk image (${file})`)
  }
  return { file, format: 'raw' }
}

async function overlayOnce(file: string, base: DiskImage): Promise<DiskImage> {
  return (await isThere(file)) ? { file, format: 'qcow2' } : createOverlay(file, base)
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  )
