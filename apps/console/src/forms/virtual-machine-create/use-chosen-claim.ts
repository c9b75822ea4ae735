import { parseQuantity, RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { VirtualMachine, VirtualMachineInstance, Volume } from '@virtdeck/kubevirt'
import { useMemo } from 'react'
import { useListedObjects, type ListedObjects } from '../fields/use-listed-objects.ts'

export interface Claim extends KubernetesObject {
  spec?: {
    accessModes?: string[]
    storageClassName?: string
    volumeMode?: 'Filesystem' | 'Block'
    resources?: { requests?: { storage?: string } }
  }
  status?: { capacity?: { storage?: string } }
}

/** What it holds, or what was asked for while it is not bound. */
export function sizeOfClaim({ spec, status }: Claim): number | null {
  const quantity = status?.capacity?.storage ?? spec?.resources?.requests?.storage ?? ''
  return parseQuantity(quantity) ?? null
}

const uses = (volumes: readonly Volume[] | undefined, claim: string): boolean =>
  (volumes ?? []).some(
    ({ persistentVolumeClaim, dataVolume }) =>
      persistentVolumeClaim?.claimName === claim || dataVolume?.name === claim,
  )

interface ChosenClaim {
  list: ListedObjects
  claims: readonly Claim[]
  /** The size of the chosen claim; null where it cannot be read. */
  bytes: number | null
  /** VMs that the chosen claim belongs to, on or off. */
  users: readonly string[]
  /** The one that runs on it now. */
  runningUser: string | undefined
}

/** The claims of a namespace, and what is known of the chosen one. */
export function useChosenClaim({
  namespace,
  claim,
}: {
  namespace: string
  claim: string
}): ChosenClaim {
  const list = useListedObjects(RESOURCES.persistentVolumeClaims, namespace)
  const virtualMachines = useListedObjects(RESOURCES.virtualMachines, namespace)
  const instances = useListedObjects(RESOURCES.virtualMachineInstances, namespace)
  return useMemo(() => {
    const claims = list.objects as Claim[]
    const chosen = claims.find(({ metadata }) => metadata?.name === claim)
    const owners = (virtualMachines.objects as VirtualMachine[]).filter(({ spec }) =>
      uses(spec.template?.spec?.volumes, claim),
    )
    const running = (instances.objects as VirtualMachineInstance[]).find(
      ({ spec, status }) =>
        status?.phase !== 'Succeeded' &&
        status?.phase !== 'Failed' &&
        uses(spec.volumes, claim),
    )
    return {
      list,
      claims,
      bytes: chosen ? sizeOfClaim(chosen) : null,
      users: claim === '' ? [] : owners.map(({ metadata }) => metadata?.name ?? ''),
      runningUser: claim === '' ? undefined : running?.metadata?.name,
    }
  }, [list, virtualMachines, instances, claim])
}
