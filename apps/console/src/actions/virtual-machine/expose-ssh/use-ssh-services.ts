import type {
  IoK8sApiCoreV1Node,
  IoK8sApiCoreV1Service,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { useQuery } from '@tanstack/react-query'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import {
  nodeAddressOf,
  selectsVirtualMachine,
  sshPortOf,
  type VirtualMachine,
} from '@virtdeck/kubevirt'
import { kubernetes } from '../../../live/kubernetes.ts'
import { useLiveObject, useLiveQuery } from '../../../live/use-live-query.ts'

interface Owner {
  namespace: string
  name: string
}

interface ServiceRow {
  object: IoK8sApiCoreV1Service
}

/** The Services that lead to a VM's SSH server, and the VM itself; as they change. */
export function useSshServices(owner: Owner) {
  const { group, version, resource } = RESOURCES.services
  const machine = useLiveObject<VirtualMachine>(RESOURCES.virtualMachines, owner)
  const instance = useLiveObject<V1VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    owner,
  )
  const { data, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace: owner.namespace,
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: 200,
  })
  const virtualMachine = machine.data ?? undefined
  const rows = data?.rows as unknown as readonly ServiceRow[] | undefined
  const services =
    virtualMachine &&
    rows
      ?.map(({ object }) => object)
      .filter((service) => sshPortOf(service))
      .filter((service) => selectsVirtualMachine(service, virtualMachine, instance.data))
  return { virtualMachine, services, error: error ?? machine.error }
}

/** An address at which the cluster's node ports are; many users may not read nodes. */
export function useNodeAddress(): string | undefined {
  const { data } = useQuery({
    queryKey: ['node-address'],
    retry: false,
    queryFn: async () => {
      const nodes = await kubernetes
        .list<IoK8sApiCoreV1Node>(RESOURCES.nodes, {})
        .catch(() => [])
      return nodes.map(nodeAddressOf).find((address) => address !== undefined) ?? null
    },
  })
  return data ?? undefined
}
