import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import { toApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'

export interface MissingClaim {
  name: string
  namespace: string
  claim: string
}

/** Claims that a VM uses and does not make itself. */
function claimsOf({ spec }: VirtualMachine): string[] {
  const own = spec?.dataVolumeTemplates?.map(({ metadata }) => metadata?.name) ?? []
  const volumes = spec?.template?.spec?.volumes ?? []
  return volumes
    .flatMap(({ persistentVolumeClaim, ephemeral, dataVolume }) => [
      persistentVolumeClaim?.claimName,
      ephemeral?.persistentVolumeClaim?.claimName,
      dataVolume?.name,
    ])
    .filter((claim): claim is string => claim !== undefined && !own.includes(claim))
}

/** The claims, made by no other document, that the cluster does not have. */
export async function missingClaims(
  objects: readonly KubernetesObject[],
): Promise<MissingClaim[]> {
  const made = new Set(
    objects
      .filter(({ kind }) => kind === 'PersistentVolumeClaim' || kind === 'DataVolume')
      .map(({ metadata }) => `${metadata?.namespace}/${metadata?.name}`),
  )
  const used = objects
    .filter(({ kind }) => kind === 'VirtualMachine')
    .flatMap((object) => {
      const { name = '', namespace = '' } = object.metadata ?? {}
      return claimsOf(object as VirtualMachine).map((claim) => ({ name, namespace, claim }))
    })
    .filter(({ namespace, claim }) => !made.has(`${namespace}/${claim}`))
  const checked = await Promise.all(
    used.map(async (use) => ((await isMissing(use)) ? [use] : [])),
  )
  return checked.flat()
}

/** What cannot be known (no permission, no answer) is not warned about. */
async function isMissing({ namespace, claim }: MissingClaim): Promise<boolean> {
  try {
    await kubernetes.get(RESOURCES.persistentVolumeClaims, { namespace, name: claim })
    return false
  } catch (error) {
    return toApiError(error).status === 404
  }
}
