import {
  keyOf,
  parseQuantity,
  RESOURCES,
  type KubernetesObject,
  type RequeueAfter,
} from '@virtdeck/kubernetes'
import type { ControllerContext } from '../controllers/context.ts'
import {
  changesOf,
  failedWith,
  unlessGone,
  type Controller,
} from '../controllers/controller.ts'
import type { DataVolume, PersistentVolumeClaim } from '../controllers/informers.ts'
import { differences } from '../controllers/merge-patch.ts'
import { waitsForConsumer } from '../controllers/persistent-volume-claim/consumer.ts'
import { timestamp } from '../controllers/timestamps.ts'
import { claimOf, type ClaimDefaults } from './claim.ts'
import { dataVolumeStatus, type Transfer, type TransferVerb } from './data-volume-status.ts'
import { transferOf, type TransferRequest } from './transfers.ts'
import { TransferQueue } from './transfer-queue.ts'
import { diskFileOf } from './volume-files.ts'

const COMPONENT = 'datavolume-import-controller'
const LAST_RETRY_MS = 60_000
const POD_PHASE = 'cdi.kubevirt.io/storage.pod.phase'

/** DataVolume → PVC → its disk filled from the source, with CDI's phases, conditions and events. */
export function dataVolumeController(context: ControllerContext): Controller {
  const { client, informers, events, now } = context
  const dataVolumes = informers.dataVolumes()
  const claims = informers.persistentVolumeClaims()
  const volumes = informers.persistentVolumes()
  const classes = informers.storageClasses()
  const profiles = informers.of<StorageProfile>(RESOURCES.storageProfiles)
  const restarts = new Map<string, { count: number; retryAt: number; message: string }>()
  const uids = new Map<string, string>()
  const queue = new TransferQueue()

  async function reconcile(key: string): Promise<RequeueAfter | void> {
    const dataVolume = dataVolumes.get(key)
    const uid = dataVolume?.metadata?.uid ?? ''
    if (!dataVolume || dataVolume.metadata?.deletionTimestamp) {
      forget(key)
      return
    }
    // Deleted and made anew between two looks: what was done was for the other one.
    if (uids.has(key) && uids.get(key) !== uid) forget(key)
    uids.set(key, uid)
    if (['Succeeded', 'Failed'].includes(dataVolume.status?.phase ?? '')) {
      forget(key)
      return
    }
    const claim = claims.get(key)
    if (!claim) return createClaim(dataVolume)
    if (!isOwnedBy(claim, uid)) return refuseForeignClaim(dataVolume)
    const file = diskFileOf(claim, volumes)
    if (file === undefined) {
      const storageClass = classes.get(claim.spec?.storageClassName ?? '')
      const waits = waitsForConsumer(claim, storageClass)
      return report(dataVolume, { state: waits ? 'waitingForConsumer' : 'waitingForClaim' })
    }
    return transfer(dataVolume, claim, file)
  }

  function forget(key: string): void {
    queue.cancel(key)
    restarts.delete(key)
    uids.delete(key)
  }

  async function createClaim(dataVolume: DataVolume): Promise<void> {
    const claim = claimOf(dataVolume, defaultsFor(dataVolume))
    try {
      await client.create(RESOURCES.persistentVolumeClaims, claim)
    } catch (error) {
      // The informer will bring the one that is there already.
      if (!failedWith(error, 409)) throw error
    }
    await report(dataVolume, { state: 'waitingForClaim' })
  }

  function defaultsFor(dataVolume: DataVolume): ClaimDefaults | undefined {
    const wanted = dataVolume.spec.storage?.storageClassName
    const all = [...profiles.list()]
    const profile = all.find(({ metadata }) => metadata?.name === wanted) ?? all[0]
    return profile?.status?.claimPropertySets?.[0]
  }

  async function refuseForeignClaim(dataVolume: DataVolume): Promise<void> {
    const name = dataVolume.metadata?.name ?? ''
    const message = `Resource "${name}" already exists and is not managed by DataVolume`
    if (dataVolume.status?.conditions?.some((condition) => condition.message === message))
      return
    events.record(dataVolume, {
      type: 'Warning',
      reason: 'ErrResourceExists',
      message,
      component: COMPONENT,
    })
    await report(dataVolume, { state: 'failing', message, fraction: 0 })
  }

  async function transfer(
    dataVolume: DataVolume,
    claim: PersistentVolumeClaim,
    file: string,
  ): Promise<RequeueAfter | void> {
    const key = keyOf(dataVolume)
    const outcome = queue.outcomeOf(key)
    // Remembered on the claim: a disk that is filled must never be filled again.
    const filled = claim.metadata?.annotations?.[POD_PHASE] === 'Succeeded'
    if (filled || outcome?.state === 'succeeded') return finish(dataVolume)
    if (outcome?.state === 'failed') {
      noteFailure(dataVolume, outcome.message)
      queue.forget(key)
    }
    const failed = restarts.get(key)
    const wait = failed === undefined ? 0 : failed.retryAt - now().getTime()
    if (failed && wait > 0) {
      await report(dataVolume, { state: 'failing', message: failed.message, fraction: 0 })
      return { requeueAfterMs: wait }
    }
    const request: TransferRequest = {
      context,
      dataVolume,
      target: file,
      size: parseQuantity(claim.spec?.resources?.requests?.['storage'] ?? 0) ?? 0,
    }
    const work = transferOf(request)
    const state = queue.run(key, work)
    const fraction = queue.progressOf(key)
    await report(
      dataVolume,
      state === 'waiting' ? { state: 'scheduled' } : { state: 'running', fraction },
    )
    // Progress is looked at once a second; nobody watches faster.
    return { requeueAfterMs: 1_000 }
  }

  function noteFailure(dataVolume: DataVolume, message: string): void {
    const key = keyOf(dataVolume)
    const count = (restarts.get(key)?.count ?? dataVolume.status?.restartCount ?? 0) + 1
    const delay = Math.min(LAST_RETRY_MS, 1_000 * 2 ** count)
    restarts.set(key, { count, retryAt: now().getTime() + delay, message })
    events.record(dataVolume, {
      type: 'Warning',
      reason: 'Error',
      message,
      component: COMPONENT,
    })
  }

  async function finish(dataVolume: DataVolume): Promise<void> {
    const { name, namespace } = dataVolume.metadata ?? {}
    const annotations = {
      [POD_PHASE]: 'Succeeded',
      'cdi.kubevirt.io/storage.condition.running': 'false',
    }
    const target = { namespace, name }
    await unlessGone(
      client.patch(RESOURCES.persistentVolumeClaims, target, { metadata: { annotations } }),
    )
    await report(dataVolume, { state: 'succeeded' })
  }

  async function report(dataVolume: DataVolume, state: Transfer): Promise<void> {
    const { name = '', namespace, resourceVersion } = dataVolume.metadata ?? {}
    const verb = verbOf(dataVolume)
    const status = dataVolumeStatus({
      claimName: name,
      verb,
      transfer: state,
      restartCount:
        restarts.get(keyOf(dataVolume))?.count ?? dataVolume.status?.restartCount ?? 0,
      now: timestamp(now()),
      previous: dataVolume.status,
    })
    const patch = differences(dataVolume.status, status)
    if (patch === undefined) return
    await unlessGone(
      client.patch(
        RESOURCES.dataVolumes,
        { namespace, name },
        // What the cache has not seen yet must not be undone.
        { metadata: { resourceVersion }, status: patch },
        { subresource: 'status' },
      ),
    )
    if (status.phase !== dataVolume.status?.phase) {
      events.record(dataVolume, {
        ...phaseEvent(status.phase ?? '', name),
        component: COMPONENT,
      })
    }
  }

  return {
    name: 'datavolume',
    concurrency: 4,
    sources: [
      changesOf(dataVolumes, (dataVolume) => [keyOf(dataVolume)]),
      changesOf(claims, (claim) => [keyOf(claim)]),
    ],
    reconcile,
    close: () => queue.stop(),
  }
}

interface StorageProfile extends KubernetesObject {
  status?: { claimPropertySets?: ClaimDefaults[] }
}

const verbOf = (dataVolume: DataVolume): TransferVerb =>
  dataVolume.spec.source?.pvc ? 'Clone' : 'Import'

function isOwnedBy(claim: PersistentVolumeClaim, uid: string): boolean {
  return claim.metadata?.ownerReferences?.some((owner) => owner.uid === uid) ?? false
}

/** CDI's events of a change of phase. */
function phaseEvent(phase: string, name: string): { reason: string; message: string } {
  const messages: Record<string, string> = {
    ImportScheduled: `Import into ${name} scheduled`,
    ImportInProgress: `Import into ${name} in progress`,
    CloneScheduled: `Cloning from source to ${name} scheduled`,
    WaitForFirstConsumer: `PVC ${name} Pending`,
    CloneInProgress: `Cloning from source to ${name} in progress`,
  }
  if (phase === 'Succeeded') {
    return { reason: 'ImportSucceeded', message: `Successfully imported into PVC ${name}` }
  }
  return { reason: phase, message: messages[phase] ?? `PVC ${name} ${phase}` }
}
