import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import { belongingsOf, type Belonging, type VirtualMachine } from '@virtdeck/kubevirt'
import { ApiError } from '../../../live/api-error.ts'
import { kubernetes } from '../../../live/kubernetes.ts'

export interface ReadBelongings {
  belongings: Belonging[]
  /** Kinds that the user may not list: what of them belongs to the VM is not known. */
  unread: string[]
}

/** What belongs to a VM, as far as the user may read it. Rejects if the VM cannot be read. */
export async function readBelongings(target: {
  namespace: string
  name: string
}): Promise<ReadBelongings> {
  const { namespace } = target
  const unread: string[] = []
  const list = async <T extends KubernetesObject>(resource: ResourceRef) => {
    try {
      return await kubernetes.list<T>(resource, { namespace })
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      // 404: the cluster has no such kind, so there are none.
      if (error.status === 404) return []
      if (error.status !== 403) throw error
      unread.push(resource.kind)
      return undefined
    }
  }
  const [virtualMachine, virtualMachines, dataVolumes, claims, services, snapshots] =
    await Promise.all([
      kubernetes.get<V1VirtualMachine>(RESOURCES.virtualMachines, target),
      list<VirtualMachine>(RESOURCES.virtualMachines),
      list(RESOURCES.dataVolumes),
      list(RESOURCES.persistentVolumeClaims),
      list<KubernetesObject & { spec?: { selector?: Record<string, string> } }>(
        RESOURCES.services,
      ),
      list(RESOURCES.virtualMachineSnapshots),
    ])
  const belongings = belongingsOf({
    virtualMachine,
    ...(virtualMachines && { virtualMachines }),
    ...(dataVolumes && { dataVolumes }),
    ...(claims && { claims }),
    ...(services && { services }),
    ...(snapshots && { snapshots }),
  })
  return { belongings, unread }
}
