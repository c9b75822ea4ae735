import { join } from 'node:path'
import { keyOf, RESOURCES, type RequeueAfter } from '@virtdeck/kubernetes'
import { isFinal } from '@virtdeck/kubevirt'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { IndexBy } from './index-by.ts'
import type {
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  StorageClass,
  VirtualMachineInstance,
} from './informers.ts'
import { waitsForConsumer } from './persistent-volume-claim/consumer.ts'
import { ContentsNotReadyError, fillVolume } from './persistent-volume-claim/contents.ts'
import { matchingVolume } from './persistent-volume-claim/matching.ts'
import { PROVISIONER } from './persistent-volume-claim/names.ts'
import { nameOfVolume, newVolume } from './persistent-volume-claim/new-volume.ts'
import { resize } from './persistent-volume-claim/resize.ts'

const PROTECTION = 'kubernetes.io/pvc-protection'
const COMPONENT = 'persistentvolume-controller'
/** A claim whose source is not ready looks at it again. */
const RETRY_SOURCE_MS = 500

/** Provisions and binds a volume for each claim, and lets unused claims go. */
export function persistentVolumeClaimController(context: ControllerContext): Controller {
  const { client, informers, events, volumesDirectory } = context
  const claims = informers.persistentVolumeClaims()
  const volumes = informers.persistentVolumes()
  const classes = informers.storageClasses()
  const pods = informers.pods()
  const podsOfClaim = new IndexBy(pods, claimKeysOf)
  const instances = informers.virtualMachineInstances()
  const instancesOfClaim = new IndexBy(instances, pluggedClaimKeysOf)

  return {
    name: 'persistent-volume-claim',
    concurrency: 4,
    sources: [
      changesOf(claims, (claim) => [keyOf(claim)]),
      changesOf(volumes, ({ spec }) =>
        // A volume without a claim may suit any that waits.
        spec?.claimRef ? [`${spec.claimRef.namespace}/${spec.claimRef.name}`] : pendingKeys(),
      ),
      changesOf(pods, claimKeysOf),
      changesOf(instances, pluggedClaimKeysOf),
      changesOf(classes, () => pendingKeys()),
    ],
    reconcile: async (key): Promise<RequeueAfter | undefined> => {
      const claim = claims.get(key)
      if (claim === undefined) return undefined
      if (claim.metadata?.deletionTimestamp) {
        await release(claim)
        return undefined
      }
      if (claim.status?.phase === 'Bound' && claim.spec?.volumeName) {
        await grow(claim)
        return undefined
      }
      const storageClass = classes.get(claim.spec?.storageClassName ?? '')
      if (waitsForConsumer(claim, storageClass)) {
        const message = 'waiting for first consumer to be created before binding'
        record(claim, 'Normal', 'WaitForFirstConsumer', message, COMPONENT)
        return undefined
      }
      const volume = volumeFor(claim)
      if (volume) await bind(claim, volume)
      else if (claim.spec?.volumeName) return undefined
      else if (storageClass?.provisioner === PROVISIONER) return provision(claim, storageClass)
      else explain(claim)
      return undefined
    },
  }

  function record(
    claim: PersistentVolumeClaim,
    type: 'Normal' | 'Warning',
    ...[reason, message, component]: [reason: string, message: string, component: string]
  ): void {
    events.record(claim, { type, reason, message, component })
  }

  async function grow(claim: PersistentVolumeClaim): Promise<void> {
    const volume = volumes.get(claim.spec?.volumeName ?? '')
    const storageClass = classes.get(claim.spec?.storageClassName ?? '')
    if (!volume || storageClass?.allowVolumeExpansion !== true) return
    const inUse =
      isPlugged(claim) ||
      podsOfClaim.get(keyOf(claim)).some((pod) => pod.status?.phase === 'Running')
    await resize(context, claim, { volume, inUse })
  }

  /** A running guest has it: a real cluster has an attachment pod for that. */
  function isPlugged(claim: PersistentVolumeClaim): boolean {
    return instancesOfClaim.get(keyOf(claim)).some((instance) => !isFinal(instance))
  }

  function pendingKeys(): string[] {
    return [...claims.list()]
      .filter(({ status }) => status?.phase !== 'Bound')
      .map((claim) => keyOf(claim))
  }

  /** The volume that the claim names, that was made for it, or that suits it. */
  function volumeFor(claim: PersistentVolumeClaim): PersistentVolume | undefined {
    const { volumeName } = claim.spec ?? {}
    if (volumeName) return volumes.get(volumeName)
    return volumes.get(nameOfVolume(claim)) ?? matchingVolume(claim, volumes.list())
  }

  async function provision(
    claim: PersistentVolumeClaim,
    storageClass: StorageClass,
  ): Promise<RequeueAfter | undefined> {
    const path = join(volumesDirectory, nameOfVolume(claim))
    try {
      await fillVolume(context, claim, path)
    } catch (error) {
      if (!(error instanceof ContentsNotReadyError)) throw error
      const message = `failed to provision volume with StorageClass "${storageClass.metadata?.name}": ${error.message}`
      record(claim, 'Warning', 'ProvisioningFailed', message, PROVISIONER)
      return { requeueAfterMs: RETRY_SOURCE_MS }
    }
    try {
      const volume = newVolume(claim, storageClass, path)
      await client.create<PersistentVolume>(RESOURCES.persistentVolumes, volume)
      const message = `Successfully provisioned volume ${nameOfVolume(claim)}`
      record(claim, 'Normal', 'ProvisioningSucceeded', message, PROVISIONER)
      await bind(claim, volume)
    } catch (error) {
      // The cache has not seen it yet; its arrival brings the claim back.
      if (!failedWith(error, 409)) throw error
    }
    return undefined
  }

  /** Says why a claim cannot be bound; whatever would change that brings it back. */
  function explain(claim: PersistentVolumeClaim): void {
    const { storageClassName } = claim.spec ?? {}
    if (!storageClassName) {
      const message =
        'no persistent volumes available for this claim and no storage class is set'
      record(claim, 'Normal', 'FailedBinding', message, COMPONENT)
    } else if (!classes.get(storageClassName)) {
      const message = `storageclass.storage.k8s.io "${storageClassName}" not found`
      record(claim, 'Warning', 'ProvisioningFailed', message, COMPONENT)
    }
  }

  async function bind(claim: PersistentVolumeClaim, volume: PersistentVolume): Promise<void> {
    const { namespace = '', name = '', uid = '' } = claim.metadata ?? {}
    const owner = volume.spec?.claimRef
    const volumeName = volume.metadata?.name ?? ''
    if (owner?.uid !== undefined && owner.uid !== uid) {
      const message = `volume "${volumeName}" already bound to a different claim.`
      record(claim, 'Warning', 'FailedBinding', message, COMPONENT)
      return
    }
    const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid }
    // Two claims may want the same free volume.
    const { resourceVersion } = owner?.uid === undefined ? (volume.metadata ?? {}) : {}
    await client.patch(
      RESOURCES.persistentVolumes,
      { name: volumeName },
      { metadata: { resourceVersion }, spec: { claimRef } },
    )
    const target = { namespace, name }
    const annotations = {
      'pv.kubernetes.io/bind-completed': 'yes',
      'pv.kubernetes.io/bound-by-controller': 'yes',
    }
    await unlessGone(
      client.patch(RESOURCES.persistentVolumeClaims, target, {
        metadata: { annotations },
        spec: { volumeName },
      }),
    )
    const { capacity, accessModes } = volume.spec ?? {}
    const status = { phase: 'Bound', capacity, accessModes }
    await unlessGone(
      client.patch(
        RESOURCES.persistentVolumeClaims,
        target,
        { status },
        { subresource: 'status' },
      ),
    )
  }

  /** A claim in use stays until the last pod that uses it has ended. */
  async function release(claim: PersistentVolumeClaim): Promise<void> {
    const { namespace = '', name = '', finalizers = [], resourceVersion } = claim.metadata ?? {}
    if (!finalizers.includes(PROTECTION)) return
    const inUse =
      isPlugged(claim) || podsOfClaim.get(keyOf(claim)).some((pod) => !hasEnded(pod))
    if (inUse) return
    const kept = finalizers.filter((finalizer) => finalizer !== PROTECTION)
    await unlessGone(
      client.patch(
        RESOURCES.persistentVolumeClaims,
        { namespace, name },
        { metadata: { resourceVersion, finalizers: kept } },
      ),
    )
  }
}

const hasEnded = (pod: Pod): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'

function claimKeysOf(pod: Pod): string[] {
  const namespace = pod.metadata?.namespace ?? ''
  return (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [`${namespace}/${persistentVolumeClaim.claimName}`] : [],
  )
}

/** Claims that were plugged into a running guest, until it has let go of them. */
function pluggedClaimKeysOf({ metadata, spec, status }: VirtualMachineInstance): string[] {
  const wanted = (spec.volumes ?? []).flatMap(({ dataVolume, persistentVolumeClaim }) => {
    if (dataVolume?.hotpluggable) return dataVolume.name
    return persistentVolumeClaim?.hotpluggable ? persistentVolumeClaim.claimName : []
  })
  const attached = (status?.volumeStatus ?? []).flatMap(
    ({ hotplugVolume, persistentVolumeClaimInfo }) =>
      (hotplugVolume && persistentVolumeClaimInfo?.claimName) || [],
  )
  const names = new Set([...wanted, ...attached])
  return [...names].map((name) => `${metadata?.namespace}/${name}`)
}
