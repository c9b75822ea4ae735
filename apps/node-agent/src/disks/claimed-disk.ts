import { open } from 'node:fs/promises'
import { join } from 'node:path'
import type {
  IoK8sApiCoreV1PersistentVolume as PersistentVolume,
  IoK8sApiCoreV1PersistentVolumeClaim as PersistentVolumeClaim,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1beta1DataVolume as DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import { RESOURCES, StatusError, type KubernetesClient } from '@virtdeck/kubernetes'
import type { DiskFormat } from './image-store.ts'
import type { DiskImage } from './qemu-img.ts'

export interface ClaimOptions {
  client: KubernetesClient
  /** Where a claim is wanted that waits for its first consumer. */
  nodeName: string
}

const SELECTED_NODE = 'volume.kubernetes.io/selected-node'
const QCOW2_MAGIC = 'QFI\xfb'

/** The file behind a claim: claim → volume → directory on this machine. */
export async function claimedDisk(
  { client, nodeName }: ClaimOptions,
  target: { namespace: string; name: string },
): Promise<DiskImage> {
  const { namespace, name } = target
  const resource = RESOURCES.persistentVolumeClaims
  const claim = await client.get<PersistentVolumeClaim>(resource, target)
  const volumeName = claim.spec?.volumeName
  if (volumeName === undefined) {
    if (claim.metadata?.annotations?.[SELECTED_NODE] === undefined) {
      const annotations = { [SELECTED_NODE]: nodeName }
      await client.patch(resource, target, { metadata: { annotations } })
    }
    throw new Error(`PVC ${namespace}/${name} is not bound`)
  }
  await expectFilled(client, target)
  const { spec } = await client.get<PersistentVolume>(RESOURCES.persistentVolumes, {
    name: volumeName,
  })
  const path = spec?.local?.path ?? spec?.hostPath?.path
  if (path === undefined) throw new Error(`PV ${volumeName} is not on this machine`)
  const isBlock = claim.spec?.volumeMode === 'Block'
  const file = join(path, isBlock ? 'block.img' : 'disk.img')
  const format = isBlock ? 'raw' : await formatOf(file)
  if (format === undefined) {
    throw new Error(`PVC ${namespace}/${name} has no disk image (${file})`)
  }
  return { file, format }
}

/** A DataVolume that is being filled must not be written to by anyone else. */
async function expectFilled(
  client: KubernetesClient,
  target: { namespace: string; name: string },
): Promise<void> {
  try {
    const { status } = await client.get<DataVolume>(RESOURCES.dataVolumes, target)
    const phase = status?.phase ?? 'Pending'
    if (phase !== 'Succeeded') {
      throw new Error(`DataVolume ${target.namespace}/${target.name} is not ready (${phase})`)
    }
  } catch (error) {
    if (!(error instanceof StatusError) || error.code !== 404) throw error
  }
}

/** KubeVirt takes raw files only; this cluster's importer may leave a qcow2 file as it came. */
async function formatOf(path: string): Promise<DiskFormat | undefined> {
  try {
    const file = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
      const isQcow2 = bytesRead === 4 && buffer.toString('latin1') === QCOW2_MAGIC
      return isQcow2 ? 'qcow2' : 'raw'
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
