import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseQuantity, RESOURCES } from '@virtdeck/kubernetes'
import { fillBlank } from '../../cdi/fill.ts'
import { copyDisk } from '../../cdi/sparse-copy.ts'
import { diskFileOf } from '../../cdi/volume-files.ts'
import type { ControllerContext } from '../context.ts'
import type { PersistentVolumeClaim } from '../informers.ts'
import type { VolumeSnapshot, VolumeSnapshotContent } from '../snapshots/kinds.ts'
import { snapshotFileOf } from '../snapshots/snapshot-files.ts'

/** The source of a claim's content is not ready, or never will be; the message says why. */
export class ContentsNotReadyError extends Error {}

/** Puts into a new volume's folder what its claim asks for: nothing, a snapshot or a clone. */
export async function fillVolume(
  context: ControllerContext,
  claim: PersistentVolumeClaim,
  path: string,
): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  const disk = join(path, claim.spec?.volumeMode === 'Block' ? 'block.img' : 'disk.img')
  const { storage = '0' } = claim.spec?.resources?.requests ?? {}
  const size = parseQuantity(storage) ?? 0
  const source = sourceOf(context, claim, size)
  // An empty claim is an empty disk, as KubeVirt makes of it when a VM uses it first.
  if (source === undefined) await fillBlank(disk, size)
  else if (!(await exists(disk))) await copyDisk(source, disk, size)
}

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file)
    return true
  } catch {
    return false
  }
}

function sourceOf(
  context: ControllerContext,
  { metadata, spec }: PersistentVolumeClaim,
  size: number,
): string | undefined {
  const { informers } = context
  const source = spec?.dataSourceRef ?? spec?.dataSource
  if (source === undefined) return undefined
  const key = `${metadata?.namespace}/${source.name}`
  if (source.kind === 'PersistentVolumeClaim') {
    const claim = informers.persistentVolumeClaims().get(key)
    const file = claim && diskFileOf(claim, informers.persistentVolumes())
    if (file !== undefined) return file
    throw new ContentsNotReadyError(
      `error getting handle for DataSource Type PersistentVolumeClaim by Name ${source.name}: the claim is not bound`,
    )
  }
  if (source.kind === 'VolumeSnapshot')
    return snapshotFile(context, { key, name: source.name, size })
  throw new ContentsNotReadyError(
    `error getting handle for DataSource Type ${source.kind} by Name ${source.name}: the PVC source is not supported`,
  )
}

function snapshotFile(
  { informers, volumesDirectory }: ControllerContext,
  { key, name, size }: { key: string; name: string; size: number },
): string {
  const snapshots = informers.of<VolumeSnapshot>(RESOURCES.volumeSnapshots)
  const contents = informers.of<VolumeSnapshotContent>(RESOURCES.volumeSnapshotContents)
  const { status } = snapshots.get(key) ?? {}
  const content = contents.get(status?.boundVolumeSnapshotContentName ?? '')
  const problem = (why: string) =>
    new ContentsNotReadyError(
      `error getting handle for DataSource Type VolumeSnapshot by Name ${name}: ${why}`,
    )
  if (!status?.readyToUse || !content?.status) {
    throw problem(`snapshot ${name} is not Ready`)
  }
  const { restoreSize = 0, snapshotHandle = '' } = content.status
  if (size < restoreSize) {
    throw problem(
      `requested volume size ${size} is less than the size ${restoreSize} for the source snapshot ${name}`,
    )
  }
  return snapshotFileOf(volumesDirectory, snapshotHandle)
}
