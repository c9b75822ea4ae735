import { expect } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { TABLE } from '../tables.ts'

/** The columns of each kind; those that `-o wide` adds are in parentheses. */
const COLUMNS: [path: string, columns: string][] = [
  ['/api/v1/configmaps', 'Name, Data, Age'],
  ['/api/v1/endpoints', 'Name, Endpoints, Age'],
  [
    '/api/v1/events',
    'Last Seen, Type, Reason, Object, (Subobject), (Source), Message, (First Seen), (Count), (Name)',
  ],
  ['/api/v1/limitranges', 'Name, Created At'],
  ['/api/v1/namespaces', 'Name, Status, Age'],
  [
    '/api/v1/nodes',
    'Name, Status, Roles, Age, Version, (Internal-IP), (External-IP), (OS-Image), (Kernel-Version), (Container-Runtime)',
  ],
  [
    '/api/v1/persistentvolumeclaims',
    'Name, Status, Volume, Capacity, Access Modes, StorageClass, VolumeAttributesClass, Age, (VolumeMode)',
  ],
  [
    '/api/v1/persistentvolumes',
    'Name, Capacity, Access Modes, Reclaim Policy, Status, Claim, StorageClass, VolumeAttributesClass, Reason, Age, (VolumeMode)',
  ],
  [
    '/api/v1/pods',
    'Name, Ready, Status, Restarts, Age, (IP), (Node), (Nominated Node), (Readiness Gates)',
  ],
  ['/api/v1/resourcequotas', 'Name, Request, Limit, Age'],
  ['/api/v1/secrets', 'Name, Type, Data, Age'],
  ['/api/v1/serviceaccounts', 'Name, Secrets, Age'],
  ['/api/v1/services', 'Name, Type, Cluster-IP, External-IP, Port(s), Age, (Selector)'],
  ['/apis/apps/v1/controllerrevisions', 'Name, Controller, Revision, Age'],
  [
    '/apis/policy/v1/poddisruptionbudgets',
    'Name, Min Available, Max Unavailable, Allowed Disruptions, Age',
  ],
  [
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    'Name, Role, Age, (Users), (Groups), (ServiceAccounts)',
  ],
  ['/apis/rbac.authorization.k8s.io/v1/roles', 'Name, Created At'],
  [
    '/apis/storage.k8s.io/v1/storageclasses',
    'Name, Provisioner, ReclaimPolicy, VolumeBindingMode, AllowVolumeExpansion, Age',
  ],
  ['/apis/apiextensions.k8s.io/v1/customresourcedefinitions', 'Name, Created At'],
  ['/apis/coordination.k8s.io/v1/leases', 'Name, Holder, Age'],
  ['/apis/discovery.k8s.io/v1/endpointslices', 'Name, AddressType, Ports, Endpoints, Age'],
  ['/apis/kubevirt.io/v1/virtualmachines', 'Name, Age, Status, Ready'],
  [
    '/apis/kubevirt.io/v1/virtualmachineinstances',
    'Name, Age, Phase, IP, NodeName, Ready, (Live-Migratable), (Paused)',
  ],
  ['/apis/kubevirt.io/v1/virtualmachineinstancemigrations', 'Name, Phase, VMI'],
  ['/apis/kubevirt.io/v1/kubevirts', 'Name, Age, Phase'],
  ['/apis/cdi.kubevirt.io/v1beta1/datavolumes', 'Name, Phase, Progress, Restarts, Age'],
  [
    '/apis/snapshot.kubevirt.io/v1beta1/virtualmachinesnapshots',
    'Name, SourceKind, SourceName, Phase, ReadyToUse, CreationTime, Error',
  ],
  [
    '/apis/clone.kubevirt.io/v1beta1/virtualmachineclones',
    'Name, Phase, SourceVirtualMachine, TargetVirtualMachine',
  ],
  ['/apis/export.kubevirt.io/v1/virtualmachineexports', 'Name, SourceKind, SourceName, Phase'],
  // Kinds without columns of their own have the age.
  ['/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes', 'Name, Age'],
  ['/apis/k8s.cni.cncf.io/v1/network-attachment-definitions', 'Name, Age'],
]

export const columns: Exchange[] = COLUMNS.map(([path, list]) => ({
  name: path,
  method: 'GET',
  path,
  headers: { accept: TABLE },
  status: 200,
  answer: expect.objectContaining({
    kind: 'Table',
    columnDefinitions: list.split(', ').map((column): unknown => {
      const name = /^\((.*)\)$/.exec(column)?.[1]
      return expect.objectContaining({
        name: name ?? column,
        priority: name === undefined ? 0 : 1,
      })
    }),
  }) as unknown,
}))
