import { join } from 'node:path'
import type { Informer } from '@virtdeck/kubernetes'
import type { PersistentVolume, PersistentVolumeClaim } from '../controllers/informers.ts'

/** The file with the disk of a bound claim; undefined while it is not bound. */
export function diskFileOf(
  claim: PersistentVolumeClaim,
  volumes: Informer<PersistentVolume>,
): string | undefined {
  if (claim.status?.phase !== 'Bound') return undefined
  const volume = volumes.get(claim.spec?.volumeName ?? '')
  const directory = volume?.spec?.local?.path ?? volume?.spec?.hostPath?.path
  if (directory === undefined) return undefined
  return join(directory, claim.spec?.volumeMode === 'Block' ? 'block.img' : 'disk.img')
}
