import { rm } from 'node:fs/promises'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, unlessGone, type Controller } from './controller.ts'
import type { PersistentVolume } from './informers.ts'

const PROTECTION = 'kubernetes.io/pv-protection'
const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by'

/** Follows a volume's claim: Available, Bound, Released; deletes what its policy says. */
export function persistentVolumeController(context: ControllerContext): Controller {
  const { client, informers, volumesDirectory } = context
  const volumes = informers.persistentVolumes()
  const claims = informers.persistentVolumeClaims()

  return {
    name: 'persistent-volume',
    sources: [
      changesOf(volumes, ({ metadata }) => [metadata?.name ?? '']),
      changesOf(claims, ({ spec }) => (spec?.volumeName ? [spec.volumeName] : [])),
    ],
    reconcile: async (name) => {
      const volume = volumes.get(name)
      if (volume === undefined) return
      const phase = phaseOf(volume)
      if (volume.metadata?.deletionTimestamp) {
        if (phase !== 'Bound') await dropProtection(volume)
        return
      }
      if (phase === 'Released' && volume.spec?.persistentVolumeReclaimPolicy === 'Delete') {
        await removeFiles(volume)
        await unlessGone(client.delete(RESOURCES.persistentVolumes, { name }))
        return
      }
      if (volume.status?.phase === phase) return
      const status = { phase }
      const options = { subresource: 'status' }
      await unlessGone(client.patch(RESOURCES.persistentVolumes, { name }, { status }, options))
    },
  }

  function phaseOf(volume: PersistentVolume): 'Available' | 'Bound' | 'Released' {
    const claimRef = volume.spec?.claimRef
    if (claimRef?.uid === undefined) return 'Available'
    const claim = claims.get(`${claimRef.namespace}/${claimRef.name}`)
    return claim?.metadata?.uid === claimRef.uid ? 'Bound' : 'Released'
  }

  /** Only folders that this cluster has made itself. */
  async function removeFiles(volume: PersistentVolume): Promise<void> {
    const path = volume.spec?.local?.path
    if (volume.metadata?.annotations?.[PROVISIONED_BY] === undefined) return
    if (!path?.startsWith(`${volumesDirectory}/`)) return
    await rm(path, { recursive: true, force: true })
  }

  async function dropProtection(volume: PersistentVolume): Promise<void> {
    const { name = '', finalizers = [], resourceVersion } = volume.metadata ?? {}
    if (!finalizers.includes(PROTECTION)) return
    const kept = finalizers.filter((finalizer) => finalizer !== PROTECTION)
    const metadata = { resourceVersion, finalizers: kept }
    await unlessGone(client.patch(RESOURCES.persistentVolumes, { name }, { metadata }))
  }
}
