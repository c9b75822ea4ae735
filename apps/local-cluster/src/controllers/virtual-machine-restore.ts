import {
  keyOf,
  ownerReferenceTo,
  parseQuantity,
  RESOURCES,
  type KubernetesObject,
  type RequeueAfter,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { addFinalizer, removeFinalizer } from './finalizers.ts'
import type { PersistentVolumeClaim, VirtualMachine } from './informers.ts'
import { differences } from './merge-patch.ts'
import { waitsForConsumer } from './persistent-volume-claim/consumer.ts'
import { millisecondsLeft } from './snapshots/deadline.ts'
import type { VolumeSnapshot } from './snapshots/kinds.ts'
import { withConditions } from './snapshots/operation-conditions.ts'
import {
  isRestored,
  RESTORE_NAME,
  restoredClaim,
  volumeRestores,
  type VirtualMachineRestore,
} from './snapshots/restore-plan.ts'
import { restoreTarget } from './snapshots/restore-target.ts'
import { restoredMachine } from './snapshots/restored-machine.ts'
import {
  contentNameOf,
  type VirtualMachineSnapshot,
  type VirtualMachineSnapshotContent,
} from './snapshots/snapshot-content.ts'
import { timestamp } from './timestamps.ts'

const COMPONENT = 'restore-controller'
const FINALIZER = 'snapshot.kubevirt.io/vmrestore-protection'
const RETRY_MS = 1_000
const FAILED = 'Operation failed'
const { virtualMachineRestores, persistentVolumeClaims } = RESOURCES

/** Why a restore cannot go on; it is tried again. */
class RestoreError extends Error {}

type Said = Parameters<typeof withConditions>[1]
type Status = NonNullable<VirtualMachineRestore['status']>

const working = (what: string, wait: string): Said => ({
  Progressing: ['True', what],
  Ready: ['False', wait],
})
const halted = (why: string): Said => ({ Progressing: ['False', why], Ready: ['False', why] })

/** VirtualMachineRestore → claims from the snapshot's volumes, and a VM that uses them. */
export function virtualMachineRestoreController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const restores = informers.of<VirtualMachineRestore>(virtualMachineRestores)
  const snapshots = informers.of<VirtualMachineSnapshot>(RESOURCES.virtualMachineSnapshots)
  const contents = informers.of<VirtualMachineSnapshotContent>(
    RESOURCES.virtualMachineSnapshotContents,
  )
  const volumes = informers.of<VolumeSnapshot>(RESOURCES.volumeSnapshots)
  const claims = informers.persistentVolumeClaims()
  const classes = informers.storageClasses()
  const target = restoreTarget(context)
  const openRestores = (): string[] =>
    [...restores.list()].filter((restore) => !isOver(restore)).map((restore) => keyOf(restore))

  return {
    name: 'virtual-machine-restore',
    sources: [
      changesOf(restores, (restore) => [keyOf(restore)]),
      changesOf(claims, ({ metadata }) => {
        const name = metadata?.annotations?.[RESTORE_NAME]
        return name === undefined ? [] : [`${metadata?.namespace}/${name}`]
      }),
      changesOf(informers.virtualMachineInstances(), () => openRestores()),
    ],
    reconcile: async (key) => {
      const restore = restores.get(key)
      if (restore === undefined) return undefined
      if (restore.metadata?.deletionTimestamp) {
        await target.release(restore)
        const held = { object: restore, finalizer: FINALIZER }
        await removeFinalizer(client, virtualMachineRestores, held)
        return undefined
      }
      if (isOver(restore)) return undefined
      try {
        return await advance(restore)
      } catch (error) {
        if (!(error instanceof RestoreError)) throw error
        const message = `VirtualMachineRestore encountered error ${error.message}`
        const input = { reason: 'VirtualMachineRestoreError', message, component: COMPONENT }
        events.record(restore, { type: 'Warning', ...input })
        await say(restore, halted(error.message))
        return { requeueAfterMs: RETRY_MS }
      }
    },
  }

  async function advance(given: VirtualMachineRestore): Promise<RequeueAfter | undefined> {
    if (!given.status) {
      const what = 'Initializing VirtualMachineRestore'
      await say(given, working(what, what), { complete: false })
      return undefined
    }
    const machine = target.find(given)
    const restore = await adopt(given, machine)
    if (machine && target.isRunning(machine)) return wait(restore, machine)
    const content = contentFor(restore)
    const source = content.spec.source.virtualMachine?.metadata?.name
    const other = machine && restore.spec.target.name !== source
    if (other && !isRestored(machine, restore)) {
      throw new RestoreError(
        'restore source and restore target are different but restore target already exists',
      )
    }
    if (machine) await target.hold(machine, restore)
    const planned = volumeRestores(restore, content)
    if (restore.status?.restores === undefined && planned.length > 0) {
      const said = working('Creating new PVCs', 'Waiting for new PVCs')
      await say(restore, said, { restores: planned })
      return undefined
    }
    if (!(await claimsAreThere(restore, content))) {
      await say(restore, working('Creating new PVCs', 'Waiting for new PVCs'))
      return { requeueAfterMs: RETRY_MS }
    }
    if (!machine || !isRestored(machine, restore)) {
      await target.write(machine, restoredMachine(restore, content))
      await say(restore, working('Updating target spec', 'Waiting for target update'))
      return { requeueAfterMs: RETRY_MS }
    }
    await finish(restore, machine)
    return undefined
  }

  async function adopt(
    restore: VirtualMachineRestore,
    machine: VirtualMachine | undefined,
  ): Promise<VirtualMachineRestore> {
    const held = { object: restore, finalizer: FINALIZER }
    const object = await addFinalizer(client, virtualMachineRestores, held)
    const { namespace, name, ownerReferences = [], resourceVersion } = object.metadata ?? {}
    if (!machine || ownerReferences.length > 0) return object
    const metadata = { resourceVersion, ownerReferences: [ownerReferenceTo(machine)] }
    return client.patch(virtualMachineRestores, { namespace, name }, { metadata })
  }

  /** What to do about a target that still runs is for the restore to say. */
  async function wait(
    restore: VirtualMachineRestore,
    machine: VirtualMachine,
  ): Promise<RequeueAfter | undefined> {
    const message = 'Restore target VMI still exists'
    events.record(restore, { reason: 'RestoreTargetNotReady', message, component: COMPONENT })
    const { creationTimestamp: createdAt } = restore.metadata ?? {}
    const left = millisecondsLeft({ createdAt, failureDeadline: undefined, now: now() }) ?? 0
    const fail = async (why: string): Promise<undefined> => {
      await say(restore, { ...halted(FAILED), Failure: ['True', why] })
    }
    switch (restore.spec.targetReadinessPolicy) {
      case 'FailImmediate':
        return fail('Restore target not ready')
      case 'StopTarget':
        await target.stop(machine)
        break
      case 'WaitEventually':
        break
      default:
        if (left < 0) return fail('Restore target failed to be ready within 5m0s')
    }
    await say(restore, halted('Waiting for target to be ready'))
    return { requeueAfterMs: Math.max(left, RETRY_MS) }
  }

  function contentFor({
    metadata,
    spec,
  }: VirtualMachineRestore): VirtualMachineSnapshotContent {
    const key = `${metadata?.namespace}/${spec.virtualMachineSnapshotName}`
    const snapshot = snapshots.get(key)
    if (!snapshot) throw new RestoreError(`VMSnapshot ${key} does not exist`)
    if (snapshot.status?.phase === 'Failed') {
      throw new RestoreError(`VMSnapshot ${key} failed and is invalid to use`)
    }
    if (!snapshot.status?.readyToUse) throw new RestoreError(`VMSnapshot ${key} not ready`)
    const name = contentNameOf(snapshot)
    const content = contents.get(`${metadata?.namespace}/${name}`)
    if (!content) throw new RestoreError(`VMSnapshotContent ${name} does not exist`)
    return content
  }

  /** Makes the claims that are missing; returns whether all are bound, or wait for a pod. */
  async function claimsAreThere(
    restore: VirtualMachineRestore,
    content: VirtualMachineSnapshotContent,
  ): Promise<boolean> {
    const { namespace } = restore.metadata ?? {}
    let complete = true
    for (const volume of restore.status?.restores ?? []) {
      const claim = claims.get(`${namespace}/${volume.persistentVolumeClaim}`)
      if (claim?.metadata?.annotations?.[RESTORE_NAME] === restore.metadata?.name) {
        const storageClass = classes.get(claim?.spec?.storageClassName ?? '')
        const fine =
          claim?.status?.phase === 'Bound' || (claim && waitsForConsumer(claim, storageClass))
        if (!fine) complete = false
        continue
      }
      if (claim) throw new RestoreError(`PVC ${keyOf(claim)} exists already`)
      complete = false
      const snapshot = volumes.get(`${namespace}/${volume.volumeSnapshotName}`)
      if (!snapshot)
        throw new RestoreError(`VolumeSnapshot ${volume.volumeSnapshotName} missing`)
      const restoreSize = parseQuantity(snapshot.status?.restoreSize ?? '0') ?? 0
      await createClaim(restoredClaim({ restore, volume, content, restoreSize }))
    }
    return complete
  }

  async function createClaim(claim: PersistentVolumeClaim): Promise<void> {
    try {
      await client.create(persistentVolumeClaims, claim)
    } catch (error) {
      if (!failedWith(error, 409)) throw error
    }
  }

  async function finish(
    restore: VirtualMachineRestore,
    machine: VirtualMachine,
  ): Promise<void> {
    if (restore.spec.volumeOwnershipPolicy !== 'None') await ownClaims(restore, machine)
    const deletedDataVolumes = await target.deleteObsolete(machine)
    await target.release(restore)
    const message = `Successfully completed VirtualMachineRestore ${restore.metadata?.name}`
    events.record(restore, {
      reason: 'VirtualMachineRestoreComplete',
      message,
      component: COMPONENT,
    })
    await say(
      restore,
      { Progressing: ['False', 'Operation complete'], Ready: ['True', 'Operation complete'] },
      {
        complete: true,
        restoreTime: timestamp(now()),
        ...(deletedDataVolumes.length > 0 && { deletedDataVolumes }),
      },
    )
  }

  async function ownClaims(
    restore: VirtualMachineRestore,
    machine: VirtualMachine,
  ): Promise<void> {
    const { namespace } = restore.metadata ?? {}
    for (const { persistentVolumeClaim: name } of restore.status?.restores ?? []) {
      const { ownerReferences = [] } = claims.get(`${namespace}/${name}`)?.metadata ?? {}
      if (ownerReferences.length > 0) continue
      const metadata = { ownerReferences: [ownerReferenceTo(machine)] }
      await unlessGone(client.patch(persistentVolumeClaims, { namespace, name }, { metadata }))
    }
  }

  async function say(
    restore: VirtualMachineRestore,
    said: Said,
    more: Partial<Status> = {},
  ): Promise<void> {
    const conditions = withConditions(restore.status?.conditions, said, now())
    const changes = differences(restore.status, { ...more, conditions })
    if (changes === undefined) return
    const { namespace, name }: NonNullable<KubernetesObject['metadata']> =
      restore.metadata ?? {}
    const options = { subresource: 'status' }
    const patch = { status: changes }
    await unlessGone(client.patch(virtualMachineRestores, { namespace, name }, patch, options))
  }
}

const isOver = ({ status }: VirtualMachineRestore): boolean =>
  status?.complete === true ||
  (status?.conditions ?? []).some(({ type, status }) => type === 'Failure' && status === 'True')
