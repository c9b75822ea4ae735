import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { keyOf, parseQuantity, RESOURCES } from '@virtdeck/kubernetes'
import { fillBlank } from '../cdi/fill.ts'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import { IndexBy } from './index-by.ts'
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from './informers.ts'

/** The provisioner of the class `local`: volumes are folders below the data folder. */
const PROVISIONER = 'virtdeck.io/local'
const PROTECTION = 'kubernetes.io/pvc-protection'
const COMPONENT = 'persistentvolume-controller'

/** Provisions and binds a volume for each claim, and lets unused claims go. */
export function persistentVolumeClaimController(context: ControllerContext): Controller {
  const { client, informers, events, volumesDirectory } = context
  const claims = informers.persistentVolumeClaims()
  const volumes = informers.persistentVolumes()
  const classes = informers.storageClasses()
  const pods = informers.pods()
  const podsOfClaim = new IndexBy(pods, claimKeysOf)

  return {
    name: 'persistent-volume-claim',
    concurrency: 4,
    sources: [
      changesOf(claims, (claim) => [keyOf(claim)]),
      changesOf(volumes, ({ spec }) =>
        spec?.claimRef ? [`${spec.claimRef.namespace}/${spec.claimRef.name}`] : [],
      ),
      changesOf(pods, claimKeysOf),
      changesOf(classes, () => pendingKeys()),
    ],
    reconcile: async (key) => {
      const claim = claims.get(key)
      if (claim === undefined) return
      if (claim.metadata?.deletionTimestamp) return release(claim)
      if (claim.status?.phase === 'Bound' && claim.spec?.volumeName) return
      const volume = volumeFor(claim) ?? (await provision(claim))
      if (volume) await bind(claim, volume)
    },
  }

  function pendingKeys(): string[] {
    return [...claims.list()]
      .filter(({ status }) => status?.phase !== 'Bound')
      .map((claim) => keyOf(claim))
  }

  /** The volume that names the claim, or that the claim names. */
  function volumeFor(claim: PersistentVolumeClaim): PersistentVolume | undefined {
    const { volumeName } = claim.spec ?? {}
    if (volumeName) return volumes.get(volumeName)
    return volumes.get(nameOfVolume(claim))
  }

  async function provision(
    claim: PersistentVolumeClaim,
  ): Promise<PersistentVolume | undefined> {
    const storageClass = classes.get(claim.spec?.storageClassName ?? '')
    if (storageClass?.provisioner !== PROVISIONER) return undefined
    const path = join(volumesDirectory, nameOfVolume(claim))
    await mkdir(path, { recursive: true, mode: 0o700 })
    // An empty claim is an empty disk, as KubeVirt makes of it when a VM uses it first.
    const disk = claim.spec?.volumeMode === 'Block' ? 'block.img' : 'disk.img'
    const { storage = '0' } = claim.spec?.resources?.requests ?? {}
    await fillBlank(join(path, disk), parseQuantity(storage) ?? 0)
    try {
      const volume = await client.create<PersistentVolume>(
        RESOURCES.persistentVolumes,
        newVolume(claim, storageClass, path),
      )
      events.record(claim, {
        reason: 'ProvisioningSucceeded',
        message: `Successfully provisioned volume ${nameOfVolume(claim)}`,
        component: PROVISIONER,
      })
      return volume
    } catch (error) {
      // The cache has not seen it yet; its arrival brings the claim back.
      if (failedWith(error, 409)) return undefined
      throw error
    }
  }

  async function bind(claim: PersistentVolumeClaim, volume: PersistentVolume): Promise<void> {
    const { namespace = '', name = '', uid = '' } = claim.metadata ?? {}
    const owner = volume.spec?.claimRef
    const volumeName = volume.metadata?.name ?? ''
    if (owner?.uid !== undefined && owner.uid !== uid) {
      const message = `volume "${volumeName}" already bound to a different claim.`
      events.record(claim, {
        type: 'Warning',
        reason: 'FailedBinding',
        message,
        component: COMPONENT,
      })
      return
    }
    const claimRef = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid }
    const spec = { claimRef }
    await client.patch(RESOURCES.persistentVolumes, { name: volumeName }, { spec })
    const target = { namespace, name }
    const annotations = { 'pv.kubernetes.io/bind-completed': 'yes' }
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
    const inUse = podsOfClaim.get(keyOf(claim)).some((pod) => !hasEnded(pod))
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

const nameOfVolume = (claim: PersistentVolumeClaim): string =>
  `pvc-${claim.metadata?.uid ?? ''}`

const hasEnded = (pod: Pod): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed'

function claimKeysOf(pod: Pod): string[] {
  const namespace = pod.metadata?.namespace ?? ''
  return (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [`${namespace}/${persistentVolumeClaim.claimName}`] : [],
  )
}

function newVolume(
  claim: PersistentVolumeClaim,
  storageClass: StorageClass,
  path: string,
): PersistentVolume {
  const { namespace = '', name = '', uid = '' } = claim.metadata ?? {}
  const { accessModes, volumeMode, storageClassName, resources } = claim.spec ?? {}
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name: nameOfVolume(claim),
      annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER },
    },
    spec: {
      ...(accessModes && { accessModes }),
      ...(volumeMode && { volumeMode }),
      ...(storageClassName && { storageClassName }),
      capacity: { storage: resources?.requests?.['storage'] ?? '0' },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
      claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', namespace, name, uid },
      local: { path },
      nodeAffinity: EVERY_NODE,
    },
  }
}

/** Every node of the local cluster sees the same files. */
const EVERY_NODE = {
  required: {
    nodeSelectorTerms: [
      { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'Exists' }] },
    ],
  },
}
