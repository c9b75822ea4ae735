import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import {
  bytesToQuantity,
  keyOf,
  parseQuantity,
  RESOURCES,
  type RequeueAfter,
} from '@virtdeck/kubernetes'
import { copyDisk } from '../cdi/sparse-copy.ts'
import { diskFileOf } from '../cdi/volume-files.ts'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { addFinalizer, removeFinalizer } from './finalizers.ts'
import type { PersistentVolumeClaim } from './informers.ts'
import { differences } from './merge-patch.ts'
import { PROVISIONER } from './persistent-volume-claim/names.ts'
import type { VolumeSnapshot, VolumeSnapshotContent } from './snapshots/kinds.ts'
import { snapshotClasses, type VolumeSnapshotClass } from './snapshots/snapshot-class.ts'
import { snapshotFileOf } from './snapshots/snapshot-files.ts'
import { newSnapshotContent } from './snapshots/volume-snapshot-content.ts'
import { timestamp } from './timestamps.ts'

const COMPONENT = 'snapshot-controller'
const FINALIZER = 'snapshot.storage.kubernetes.io/volumesnapshot-bound-protection'
const CONTENT_FINALIZER =
  'snapshot.storage.kubernetes.io/volumesnapshotcontent-bound-protection'
const RETRY_MS = 1_000
const { volumeSnapshots, volumeSnapshotContents } = RESOURCES

/** VolumeSnapshot → VolumeSnapshotContent with a copy of the claim's disk, as a CSI driver does. */
export function volumeSnapshotController(context: ControllerContext): Controller {
  const { client, informers, events, now, volumesDirectory } = context
  const snapshots = informers.of<VolumeSnapshot>(volumeSnapshots)
  const contents = informers.of<VolumeSnapshotContent>(volumeSnapshotContents)
  const classes = informers.of<VolumeSnapshotClass>(RESOURCES.volumeSnapshotClasses)
  const claims = informers.persistentVolumeClaims()
  const defaultClassOf = snapshotClasses(informers)

  return {
    name: 'volume-snapshot',
    concurrency: 2,
    sources: [
      changesOf(snapshots, (snapshot) => [keyOf(snapshot)]),
      changesOf(contents, ({ spec }) => {
        const { namespace, name } = spec?.volumeSnapshotRef ?? {}
        return name === undefined ? [] : [`${namespace}/${name}`]
      }),
      // Read, and therefore to be known before the first snapshot is looked at.
      changesOf(claims, () => []),
      changesOf(classes, () => []),
      changesOf(informers.persistentVolumes(), () => []),
    ],
    reconcile: async (key) => {
      const snapshot = snapshots.get(key)
      if (snapshot === undefined) return undefined
      if (snapshot.metadata?.deletionTimestamp) {
        await remove(snapshot)
        return undefined
      }
      if (snapshot.status?.readyToUse) return undefined
      return take(snapshot)
    },
  }

  async function take(given: VolumeSnapshot): Promise<RequeueAfter | undefined> {
    const held = { object: given, finalizer: FINALIZER }
    const snapshot = await addFinalizer(client, volumeSnapshots, held)
    const content = await contentFor(snapshot)
    if (content === undefined) return { requeueAfterMs: RETRY_MS }
    const { readyToUse, restoreSize = 0, creationTime } = content.status ?? {}
    if (!readyToUse) return { requeueAfterMs: RETRY_MS }
    const created = new Date(Math.floor((creationTime ?? 0) / 1e6))
    await report(snapshot, {
      boundVolumeSnapshotContentName: content.metadata?.name ?? '',
      creationTime: timestamp(created),
      readyToUse: true,
      restoreSize: bytesToQuantity(restoreSize),
    })
    const name = keyOf(snapshot)
    record(
      snapshot,
      'SnapshotCreated',
      `Snapshot ${name} was successfully created by the CSI driver.`,
    )
    record(snapshot, 'SnapshotReady', `Snapshot ${name} is ready to use.`)
    return undefined
  }

  /** The content with the data in it; undefined if there cannot be one for now. */
  async function contentFor(
    snapshot: VolumeSnapshot,
  ): Promise<VolumeSnapshotContent | undefined> {
    const { persistentVolumeClaimName, volumeSnapshotContentName } = snapshot.spec?.source ?? {}
    // Somebody brings the content along.
    if (volumeSnapshotContentName) return contents.get(volumeSnapshotContentName)
    const claim = claims.get(`${snapshot.metadata?.namespace}/${persistentVolumeClaimName}`)
    const file = claim && diskFileOf(claim, informers.persistentVolumes())
    if (!claim || file === undefined) {
      await fail(snapshot, claim ? 'the PVC is not bound' : 'cannot get claim from snapshot')
      return undefined
    }
    const storageClass = claim.spec?.storageClassName ?? ''
    const className = snapshot.spec?.volumeSnapshotClassName ?? defaultClassOf(storageClass)
    const snapshotClass = classes.get(className ?? '')
    if (snapshotClass?.driver !== PROVISIONER) {
      await fail(
        snapshot,
        `failed to retrieve snapshot class ${className ?? ''} from the informer`,
      )
      return undefined
    }
    const content = newSnapshotContent(snapshot, {
      claim,
      snapshotClass,
      finalizer: CONTENT_FINALIZER,
    })
    return copy(snapshot, { claim, file, content })
  }

  async function copy(
    snapshot: VolumeSnapshot,
    work: { claim: PersistentVolumeClaim; file: string; content: VolumeSnapshotContent },
  ): Promise<VolumeSnapshotContent | undefined> {
    const { claim, file, content } = work
    const name = content.metadata?.name ?? ''
    const before = contents.get(name)
    if (before?.status?.readyToUse) return before
    const message = `Waiting for a snapshot ${keyOf(snapshot)} to be created by the CSI driver.`
    record(snapshot, 'CreatingSnapshot', message)
    try {
      await client.create(volumeSnapshotContents, content)
    } catch (error) {
      if (!failedWith(error, 409)) throw error
    }
    const target = snapshotFileOf(volumesDirectory, name)
    const startedAt = now().getTime()
    try {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      await copyDisk(file, target, 0)
    } catch (error) {
      await fail(snapshot, error instanceof Error ? error.message : String(error))
      return undefined
    }
    const { storage } = claim.status?.capacity ?? {}
    const status = {
      creationTime: startedAt * 1e6,
      readyToUse: true,
      restoreSize: Math.max((await stat(target)).size, parseQuantity(storage ?? '0') ?? 0),
      snapshotHandle: name,
    }
    const options = { subresource: 'status' }
    return client.patch<VolumeSnapshotContent>(
      volumeSnapshotContents,
      { name },
      { status },
      options,
    )
  }

  async function fail(snapshot: VolumeSnapshot, why: string): Promise<void> {
    const message = `Failed to create snapshot content with error ${why}`
    if (snapshot.status?.error?.message === message) return
    const error = { message, time: timestamp(now()) }
    await report(snapshot, { readyToUse: false, error })
    const input = { reason: 'SnapshotContentCreationFailed', message, component: COMPONENT }
    events.record(snapshot, { type: 'Warning', ...input })
  }

  async function report(
    { metadata, status }: VolumeSnapshot,
    wanted: NonNullable<VolumeSnapshot['status']>,
  ): Promise<void> {
    const changes = differences(status, { error: undefined, ...wanted } as typeof wanted)
    if (changes === undefined) return
    const { namespace, name } = metadata ?? {}
    const options = { subresource: 'status' }
    const patch = { status: changes }
    await unlessGone(client.patch(volumeSnapshots, { namespace, name }, patch, options))
  }

  function record(snapshot: VolumeSnapshot, reason: string, message: string): void {
    events.record(snapshot, { reason, message, component: COMPONENT })
  }

  /** Data goes with the snapshot, unless its class says that it stays. */
  async function remove(snapshot: VolumeSnapshot): Promise<void> {
    const content = contents.get(`snapcontent-${snapshot.metadata?.uid}`)
    if (content && content.spec?.deletionPolicy !== 'Retain') {
      const name = content.metadata?.name ?? ''
      await rm(snapshotFileOf(volumesDirectory, name), { force: true })
      const held = { object: content, finalizer: CONTENT_FINALIZER }
      await removeFinalizer(client, volumeSnapshotContents, held)
      await unlessGone(client.delete(volumeSnapshotContents, { name }))
    }
    const held = { object: snapshot, finalizer: FINALIZER }
    await removeFinalizer(client, volumeSnapshots, held)
  }
}
