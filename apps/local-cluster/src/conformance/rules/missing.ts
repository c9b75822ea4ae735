import { notFound, type Exchange } from '../exchange.ts'

const MERGE = 'application/merge-patch+json'

/** Every kind, with its path in a namespace or without. */
const KINDS: [prefix: string, resource: string, kind: string, namespaced?: false][] = [
  ['/api/v1', 'configmaps', 'ConfigMap'],
  ['/api/v1', 'secrets', 'Secret'],
  ['/api/v1', 'pods', 'Pod'],
  ['/api/v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['/api/v1', 'serviceaccounts', 'ServiceAccount'],
  ['/api/v1', 'resourcequotas', 'ResourceQuota'],
  ['/api/v1', 'nodes', 'Node', false],
  ['/api/v1', 'namespaces', 'Namespace', false],
  ['/api/v1', 'persistentvolumes', 'PersistentVolume', false],
  ['/apis/policy/v1', 'poddisruptionbudgets', 'PodDisruptionBudget'],
  ['/apis/apps/v1', 'controllerrevisions', 'ControllerRevision'],
  ['/apis/storage.k8s.io/v1', 'storageclasses', 'StorageClass', false],
  [
    '/apis/apiextensions.k8s.io/v1',
    'customresourcedefinitions',
    'CustomResourceDefinition',
    false,
  ],
  ['/apis/kubevirt.io/v1', 'virtualmachines', 'VirtualMachine'],
  ['/apis/kubevirt.io/v1', 'virtualmachineinstances', 'VirtualMachineInstance'],
  [
    '/apis/kubevirt.io/v1',
    'virtualmachineinstancemigrations',
    'VirtualMachineInstanceMigration',
  ],
  ['/apis/cdi.kubevirt.io/v1beta1', 'datavolumes', 'DataVolume'],
  ['/apis/snapshot.kubevirt.io/v1beta1', 'virtualmachinesnapshots', 'VirtualMachineSnapshot'],
  [
    '/apis/instancetype.kubevirt.io/v1beta1',
    'virtualmachineinstancetypes',
    'VirtualMachineInstancetype',
  ],
  [
    '/apis/instancetype.kubevirt.io/v1beta1',
    'virtualmachineclusterinstancetypes',
    'VirtualMachineClusterInstancetype',
    false,
  ],
  ['/apis/k8s.cni.cncf.io/v1', 'network-attachment-definitions', 'NetworkAttachmentDefinition'],
]

const groupOf = (prefix: string): string =>
  prefix === '/api/v1' ? '' : (prefix.split('/')[2] ?? '')

/** What is not there is not found by any verb, and a PUT does not create it. */
export const missing: Exchange[] = KINDS.flatMap(
  ([prefix, resource, kind, namespaced = true]): Exchange[] => {
    const collection = namespaced
      ? `${prefix}/namespaces/default/${resource}`
      : `${prefix}/${resource}`
    const path = `${collection}/none`
    const group = groupOf(prefix)
    const answer = notFound(group === '' ? resource : `${resource}.${group}`, 'none')
    const version = prefix.split('/').at(-1) ?? ''
    const apiVersion = group === '' ? version : `${group}/${version}`
    const object = {
      apiVersion,
      kind,
      metadata: { name: 'none', resourceVersion: '1' },
      ...(kind === 'ControllerRevision' ? { revision: 1 } : {}),
    }
    return [
      { name: `GET ${resource}`, method: 'GET', path, ...answer },
      { name: `DELETE ${resource}`, method: 'DELETE', path, ...answer },
      { name: `PUT ${resource}`, method: 'PUT', path, body: object, ...answer },
      {
        name: `PATCH ${resource}`,
        method: 'PATCH',
        path,
        type: MERGE,
        body: { metadata: { labels: { a: 'b' } } },
        ...answer,
      },
    ]
  },
)
