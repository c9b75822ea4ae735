import { ownerReferenceTo, RESOURCES, type RequeueAfter } from '@virtdeck/kubernetes'
import type { ControllerContext } from '../context.ts'
import { failedWith, unlessGone } from '../controller.ts'
import type { VirtualMachineInstance } from '../informers.ts'
import { differences } from '../merge-patch.ts'
import { contentStatus } from './content-status.ts'
import type { VolumeSnapshot } from './kinds.ts'
import { quiesce } from './quiesce.ts'
import { snapshotClasses } from './snapshot-class.ts'
import type { VirtualMachineSnapshotContent } from './snapshot-content.ts'

const COMPONENT = 'snapshot-controller'
const RETRY_MS = 1_000
const RETRY_ERROR_MS = 5_000
const { virtualMachineSnapshotContents, volumeSnapshots } = RESOURCES

/** Brings a content to the point where each of its volumes has its snapshot. */
export function contentFilling({ client, informers, events, now }: ControllerContext) {
  const volumes = informers.of<VolumeSnapshot>(volumeSnapshots)
  const classOf = snapshotClasses(informers)

  /** Makes the volume snapshots that are missing, of file systems at rest where that is possible. */
  async function fill(
    content: VirtualMachineSnapshotContent,
    instance: VirtualMachineInstance | undefined,
  ): Promise<RequeueAfter | undefined> {
    const { namespace = '' } = content.metadata ?? {}
    const volumeOf = (name: string | undefined) => volumes.get(`${namespace}/${name}`)
    const missing = (content.spec.volumeBackups ?? []).filter(
      ({ volumeSnapshotName }) => volumeOf(volumeSnapshotName) === undefined,
    )
    if (missing.length > 0 && !content.status?.creationTime) {
      const problem = instance && (await quiesce(client, instance, 'freeze'))
      if (problem !== undefined) {
        await writeContent(content, { error: { message: problem, time: now().toISOString() } })
        return { requeueAfterMs: RETRY_ERROR_MS }
      }
      for (const { volumeSnapshotName, persistentVolumeClaim } of missing) {
        const claimName = persistentVolumeClaim.metadata?.name ?? ''
        const className = classOf(persistentVolumeClaim.spec?.storageClassName ?? '') ?? ''
        const name = volumeSnapshotName ?? ''
        await createVolumeSnapshot(content, { name, claimName, className })
      }
      return { requeueAfterMs: RETRY_MS }
    }
    const status = contentStatus(content, volumeOf, now())
    const taken = status.creationTime !== undefined && !content.status?.creationTime
    await writeContent(content, status)
    if (taken && instance) await quiesce(client, instance, 'unfreeze')
    return status.readyToUse ? undefined : { requeueAfterMs: RETRY_MS }
  }

  async function createVolumeSnapshot(
    content: VirtualMachineSnapshotContent,
    { name, claimName, className }: { name: string; claimName: string; className: string },
  ): Promise<void> {
    const { virtualMachine } = content.spec.source
    const { namespace = '' } = content.metadata ?? {}
    const kind = 'VirtualMachineSnapshotContent'
    const apiVersion = 'snapshot.kubevirt.io/v1beta1'
    const object: VolumeSnapshot = {
      apiVersion: 'snapshot.storage.k8s.io/v1',
      kind: 'VolumeSnapshot',
      metadata: {
        name,
        namespace,
        labels: {
          'snapshot.kubevirt.io/source-vm-name': virtualMachine?.metadata?.name ?? '',
          'snapshot.kubevirt.io/source-vm-namespace': namespace,
        },
        ownerReferences: [ownerReferenceTo({ ...content, apiVersion, kind })],
      },
      spec: {
        source: { persistentVolumeClaimName: claimName },
        volumeSnapshotClassName: className,
      },
    }
    try {
      await client.create(volumeSnapshots, object)
    } catch (error) {
      if (!failedWith(error, 409)) throw error
      return
    }
    const message = `Successfully created VolumeSnapshot ${name}`
    events.record(content, {
      reason: 'SuccessfulVolumeSnapshotCreate',
      message,
      component: COMPONENT,
    })
  }

  async function writeContent(
    content: VirtualMachineSnapshotContent,
    status: NonNullable<VirtualMachineSnapshotContent['status']>,
  ): Promise<void> {
    const changes = differences(content.status, {
      error: undefined,
      ...status,
    } as typeof status)
    if (changes === undefined) return
    const { namespace, name } = content.metadata ?? {}
    const options = { subresource: 'status' }
    const patch = { status: changes }
    await unlessGone(
      client.patch(virtualMachineSnapshotContents, { namespace, name }, patch, options),
    )
  }

  return { fill }
}
