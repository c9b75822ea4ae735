import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES, type KubernetesObject, type ResourceRef } from '@virtdeck/kubernetes'
import { belongingsOf, type Belonging, type VirtualMachine } from '@virtdeck/kubevirt'
import { ApiError, toApiError } from '../../../live/api-error.ts'
import { kubernetes } from '../../../live/kubernetes.ts'

export interface ReadBelongings {
  belongings: Belonging[]
  /** Kinds that the user may not list: what of them belongs to the VM is not known. */
  unread: string[]
}

/** What belongs to a VM, as far as the user may read it. Rejects if the VM cannot be read. */
export type BelongingsReader = (target: {
  namespace: string
  name: string
}) => Promise<ReadBelongings>

type Service = KubernetesObject & { spec?: { selector?: Record<string, string> } }

/** A reader that lists what is in a project once, however many of its VMs are asked for. */
export function belongingsReader(): BelongingsReader {
  const projects = new Map<string, ReturnType<typeof readProject>>()
  return async (target) => {
    const { namespace } = target
    const reading = projects.get(namespace) ?? readProject(namespace)
    projects.set(namespace, reading)
    const [virtualMachine, { lists, unread }] = await Promise.all([
      kubernetes.get<V1VirtualMachine>(RESOURCES.virtualMachines, target),
      reading,
    ])
    return { belongings: belongingsOf({ virtualMachine, ...lists }), unread }
  }
}

/** For who may delete a VM but not read it: the cluster decides what goes with it. */
export function nothingReadable(error: unknown): ReadBelongings {
  const { status } = toApiError(error)
  if (status !== 403 && status !== 404) throw error
  return { belongings: [], unread: [] }
}

async function readProject(namespace: string) {
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
  const [virtualMachines, dataVolumes, claims, services, snapshots] = await Promise.all([
    list<VirtualMachine>(RESOURCES.virtualMachines),
    list(RESOURCES.dataVolumes),
    list(RESOURCES.persistentVolumeClaims),
    list<Service>(RESOURCES.services),
    list(RESOURCES.virtualMachineSnapshots),
  ])
  const lists = {
    ...(virtualMachines && { virtualMachines }),
    ...(dataVolumes && { dataVolumes }),
    ...(claims && { claims }),
    ...(services && { services }),
    ...(snapshots && { snapshots }),
  }
  return { lists, unread }
}
