import { isFinal } from '@virtdeck/kubevirt'
import { keyOf, RESOURCES, type RequeueAfter } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { addFinalizer, removeFinalizer } from './finalizers.ts'
import { IndexBy } from './index-by.ts'
import type { VirtualMachine, VirtualMachineInstance } from './informers.ts'
import { differences } from './merge-patch.ts'
import { contentFilling } from './snapshots/content-filling.ts'
import { quiesce } from './snapshots/quiesce.ts'
import { millisecondsLeft } from './snapshots/deadline.ts'
import type { VolumeSnapshot } from './snapshots/kinds.ts'
import { snapshotClasses } from './snapshots/snapshot-class.ts'
import {
  CONTENT_FINALIZER,
  contentNameOf,
  newContent,
  type VirtualMachineSnapshot,
  type VirtualMachineSnapshotContent,
} from './snapshots/snapshot-content.ts'
import { lockProblem, snapshotStatus } from './snapshots/snapshot-status.ts'
import { sourceLock } from './snapshots/source-lock.ts'
import { startedFrom } from './virtual-machine/revisions.ts'

const COMPONENT = 'snapshot-controller'
const FINALIZER = 'snapshot.kubevirt.io/vmsnapshot-protection'
const RETRY_MS = 1_000
const { virtualMachineSnapshots, virtualMachineSnapshotContents, volumeSnapshots } = RESOURCES

interface Found {
  snapshot: VirtualMachineSnapshot
  content: VirtualMachineSnapshotContent | undefined
  virtualMachine: VirtualMachine | undefined
  instance: VirtualMachineInstance | undefined
}

/** VirtualMachineSnapshot → its content with a VolumeSnapshot for each claim of the VM. */
export function virtualMachineSnapshotController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const snapshots = informers.of<VirtualMachineSnapshot>(virtualMachineSnapshots)
  const contents = informers.of<VirtualMachineSnapshotContent>(virtualMachineSnapshotContents)
  const volumes = informers.of<VolumeSnapshot>(volumeSnapshots)
  const virtualMachines = informers.virtualMachines()
  const instances = informers.virtualMachineInstances()
  const claims = informers.persistentVolumeClaims()
  const classOf = snapshotClasses(informers)
  const lock = sourceLock(client)
  const filling = contentFilling(context)
  const snapshotsOf = new IndexBy(snapshots, ({ metadata, spec }) => [
    `${metadata?.namespace}/${spec.source.name}`,
  ])
  const keyOfContent = ({ metadata, spec }: VirtualMachineSnapshotContent): string =>
    `${metadata?.namespace}/${spec.virtualMachineSnapshotName}`

  return {
    name: 'virtual-machine-snapshot',
    concurrency: 2,
    sources: [
      changesOf(snapshots, (snapshot) => [keyOf(snapshot)]),
      changesOf(contents, (content) => [keyOfContent(content)]),
      changesOf(virtualMachines, (virtualMachine) => snapshotsOf.keys(keyOf(virtualMachine))),
      changesOf(volumes, ({ metadata }) => {
        const owner = metadata?.ownerReferences?.find(({ controller }) => controller)
        const content = contents.get(`${metadata?.namespace}/${owner?.name}`)
        return content ? [keyOfContent(content)] : []
      }),
    ],
    reconcile: async (key) => {
      const given = snapshots.get(key)
      if (given === undefined) {
        await releaseContents(key)
        return undefined
      }
      const leaving = given.metadata?.deletionTimestamp !== undefined
      const held = { object: given, finalizer: FINALIZER }
      const snapshot = leaving
        ? given
        : await addFinalizer(client, virtualMachineSnapshots, held)
      const found = find(snapshot)
      const left = deadlineOf(snapshot)
      const ended = isEnded(snapshot)
      const exceeded = !ended && left !== undefined && left < 0
      const stopped = leaving || exceeded || snapshot.status?.phase === 'Failed'
      let again: RequeueAfter | undefined
      if (!stopped && !ended) again = await advance(found)
      if (stopped) await discard(found)
      await writeStatus(find(snapshot), exceeded)
      if (stopped || isEnded(snapshot)) await lock.release(found.virtualMachine, snapshot)
      if (leaving) {
        await removeFinalizer(client, virtualMachineSnapshots, { ...held, object: snapshot })
        return undefined
      }
      return (
        again ??
        (ended || left === undefined ? undefined : { requeueAfterMs: Math.max(left, RETRY_MS) })
      )
    },
  }

  function find(snapshot: VirtualMachineSnapshot): Found {
    const { namespace } = snapshot.metadata ?? {}
    const source = `${namespace}/${snapshot.spec.source.name}`
    const instance = instances.get(source)
    return {
      snapshot,
      content: contents.get(`${namespace}/${contentNameOf(snapshot)}`),
      virtualMachine: virtualMachines.get(source),
      instance: instance && !isFinal(instance) ? instance : undefined,
    }
  }

  function deadlineOf({ metadata, spec }: VirtualMachineSnapshot): number | undefined {
    return millisecondsLeft({
      createdAt: metadata?.creationTimestamp,
      failureDeadline: spec.failureDeadline,
      now: now(),
    })
  }

  /** Locks the source, then makes the content, then its volume snapshots. */
  async function advance(found: Found): Promise<RequeueAfter | undefined> {
    const { snapshot, content, virtualMachine, instance } = found
    if (!virtualMachine) return { requeueAfterMs: RETRY_MS }
    if (!lock.isHeldBy(virtualMachine, snapshot)) {
      const { namespace } = virtualMachine.metadata ?? {}
      const isBound = (name: string) =>
        claims.get(`${namespace}/${name}`)?.status?.phase === 'Bound'
      if (lockProblem(virtualMachine, isBound) === undefined)
        await lock.take(virtualMachine, snapshot)
      return { requeueAfterMs: RETRY_MS }
    }
    if (content) return filling.fill(content, found.instance)
    const running = instance && (await startedFrom(client, instance))
    const spec = running ?? virtualMachine.spec
    const object = newContent(snapshot, {
      virtualMachine,
      spec,
      claimOf: snapshotable(virtualMachine),
    })
    await createContent(snapshot, object)
    return undefined
  }

  /** Only claims that are bound and whose class can take snapshots. */
  function snapshotable({ metadata }: VirtualMachine) {
    return (name: string) => {
      const claim = claims.get(`${metadata?.namespace}/${name}`)
      if (claim?.status?.phase !== 'Bound') return undefined
      return classOf(claim.spec?.storageClassName ?? '') === undefined ? undefined : claim
    }
  }

  async function createContent(
    snapshot: VirtualMachineSnapshot,
    content: VirtualMachineSnapshotContent,
  ): Promise<void> {
    try {
      await client.create(virtualMachineSnapshotContents, content)
    } catch (error) {
      if (!failedWith(error, 409)) throw error
      return
    }
    const message = `Successfully created VirtualMachineSnapshotContent ${content.metadata?.name}`
    events.record(snapshot, {
      reason: 'SuccessfulVirtualMachineSnapshotContentCreate',
      message,
      component: COMPONENT,
    })
  }

  async function writeStatus(found: Found, deadlineExceeded: boolean): Promise<void> {
    const { snapshot, virtualMachine } = found
    const locked = virtualMachine !== undefined && lock.isHeldBy(virtualMachine, snapshot)
    const status = snapshotStatus({ ...found, locked, deadlineExceeded, now: now() })
    const changes = differences(snapshot.status, {
      error: undefined,
      ...status,
    } as typeof status)
    if (changes === undefined) return
    const { namespace, name } = snapshot.metadata ?? {}
    const options = { subresource: 'status' }
    const patch = { status: changes }
    await unlessGone(client.patch(virtualMachineSnapshots, { namespace, name }, patch, options))
  }

  /** What is not to be kept goes; a content that is half made is of no use to anybody. */
  async function discard({ snapshot, content, instance }: Found): Promise<void> {
    if (instance && !content?.status?.creationTime) await quiesce(client, instance, 'unfreeze')
    if (!content) return
    const kept =
      snapshot.spec.deletionPolicy === 'Retain' && content.status?.readyToUse === true
    await releaseContent(content)
    if (kept || content.metadata?.deletionTimestamp) return
    const { namespace, name } = content.metadata ?? {}
    await unlessGone(client.delete(virtualMachineSnapshotContents, { namespace, name }))
  }

  async function releaseContents(snapshotKey: string): Promise<void> {
    for (const content of contents.list()) {
      if (keyOfContent(content) === snapshotKey) await releaseContent(content)
    }
  }

  async function releaseContent(content: VirtualMachineSnapshotContent): Promise<void> {
    const held = { object: content, finalizer: CONTENT_FINALIZER }
    await removeFinalizer(client, virtualMachineSnapshotContents, held)
  }
}

const isEnded = ({ status }: VirtualMachineSnapshot): boolean =>
  status?.phase === 'Succeeded' ? status.readyToUse === true : status?.phase === 'Failed'
