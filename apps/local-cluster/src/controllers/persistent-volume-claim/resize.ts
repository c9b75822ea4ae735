import { truncate } from 'node:fs/promises'
import { parseQuantity, RESOURCES } from '@virtdeck/kubernetes'
import { diskFileOf } from '../../cdi/volume-files.ts'
import type { ControllerContext } from '../context.ts'
import { unlessGone } from '../controller.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '../informers.ts'
import { timestamp } from '../timestamps.ts'
import { PROVISIONER } from './names.ts'

const PENDING = 'FileSystemResizePending'

const bytesOf = (quantity: string | undefined): number => parseQuantity(quantity ?? '0') ?? 0

/**
 * Grows a bound volume to what its claim asks for. The file grows at once; as with a real file
 * system the claim says so only when a pod uses it (`inUse`), and until then that it is pending.
 */
export async function resize(
  context: ControllerContext,
  claim: PersistentVolumeClaim,
  { volume, inUse }: { volume: PersistentVolume; inUse: boolean },
): Promise<void> {
  const { client, informers, events, now } = context
  const wanted = claim.spec?.resources?.requests?.['storage']
  if (wanted === undefined || bytesOf(wanted) <= bytesOf(claim.status?.capacity?.['storage'])) {
    return
  }
  const { namespace = '', name = '' } = claim.metadata ?? {}
  const volumeName = volume.metadata?.name ?? ''
  if (bytesOf(volume.spec?.capacity?.['storage']) < bytesOf(wanted)) {
    const message = `External resizer is resizing volume ${volumeName}`
    events.record(claim, {
      reason: 'Resizing',
      message,
      component: `external-resizer ${PROVISIONER}`,
    })
    const file = diskFileOf(claim, informers.persistentVolumes())
    if (file !== undefined) await truncate(file, bytesOf(wanted))
    const capacity = { ...volume.spec?.capacity, storage: wanted }
    const patch = { spec: { capacity } }
    await unlessGone(client.patch(RESOURCES.persistentVolumes, { name: volumeName }, patch))
  }
  const filesystem = claim.spec?.volumeMode !== 'Block'
  const others = (claim.status?.conditions ?? []).filter(({ type }) => type !== PENDING)
  if (filesystem && !inUse) {
    if (others.length < (claim.status?.conditions ?? []).length) return
    const time = timestamp(now())
    const pending = {
      type: PENDING,
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: time,
      message:
        'Waiting for user to (re-)start a pod to finish file system resize of volume on node.',
    }
    const message = 'Require file system resize of volume on node'
    events.record(claim, {
      reason: 'FileSystemResizeRequired',
      message,
      component: `external-resizer ${PROVISIONER}`,
    })
    await write({ conditions: [...others, pending] })
    return
  }
  await write({
    capacity: { ...claim.status?.capacity, storage: wanted },
    conditions: others.length > 0 ? others : null,
  })
  const succeeded = filesystem ? 'FileSystemResizeSuccessful' : 'VolumeResizeSuccessful'
  const message = filesystem
    ? `MountVolume.NodeExpandVolume succeeded for volume "${volumeName}"`
    : 'Resize volume succeeded'
  events.record(claim, { reason: succeeded, message, component: PROVISIONER })

  async function write(status: object): Promise<void> {
    const { resourceVersion } = claim.metadata ?? {}
    const patch = { metadata: { resourceVersion }, status }
    const resource = RESOURCES.persistentVolumeClaims
    const options = { subresource: 'status' }
    await unlessGone(client.patch(resource, { namespace, name }, patch, options))
  }
}
