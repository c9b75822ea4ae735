import { expect } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { ADDRESS, HASH, TIME } from '../volatile.ts'

const ALL = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const NAMESPACE = ALL.filter((verb) => verb !== 'deletecollection')
const STATUS = ['get', 'patch', 'update']
const CUSTOM = [
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'create',
  'update',
  'watch',
]

interface More {
  namespaced?: boolean
  group?: string
  version?: string
  shortNames?: string[]
  categories?: string[]
}

/** An entry of the core group; what can be stored has a hash. */
const core = (name: string, kind: string, verbs: string[], more: More = {}): object => ({
  name,
  // The recorded server leaves it to its clients; so does every list that is not aggregated.
  singularName: '',
  namespaced: true,
  kind,
  verbs,
  ...more,
  ...(verbs.includes('watch') ? { storageVersionHash: HASH } : {}),
})

const CLUSTER = { namespaced: false }

/*
 * Not served: bindings (only pods/binding), componentstatuses, nodes/proxy,
 * pods/ephemeralcontainers, podtemplates, replicationcontrollers.
 */
const CORE_RESOURCES = [
  core('configmaps', 'ConfigMap', ALL, { shortNames: ['cm'] }),
  core('endpoints', 'Endpoints', ALL, { shortNames: ['ep'] }),
  core('events', 'Event', ALL, { shortNames: ['ev'] }),
  core('limitranges', 'LimitRange', ALL, { shortNames: ['limits'] }),
  core('namespaces', 'Namespace', NAMESPACE, { ...CLUSTER, shortNames: ['ns'] }),
  core('namespaces/finalize', 'Namespace', ['update'], CLUSTER),
  core('namespaces/status', 'Namespace', STATUS, CLUSTER),
  core('nodes', 'Node', ALL, { ...CLUSTER, shortNames: ['no'] }),
  core('nodes/status', 'Node', STATUS, CLUSTER),
  core('persistentvolumeclaims', 'PersistentVolumeClaim', ALL, { shortNames: ['pvc'] }),
  core('persistentvolumeclaims/status', 'PersistentVolumeClaim', STATUS),
  core('persistentvolumes', 'PersistentVolume', ALL, { ...CLUSTER, shortNames: ['pv'] }),
  core('persistentvolumes/status', 'PersistentVolume', STATUS, CLUSTER),
  core('pods', 'Pod', ALL, { shortNames: ['po'], categories: ['all'] }),
  core('pods/attach', 'PodAttachOptions', ['create', 'get']),
  core('pods/binding', 'Binding', ['create']),
  core('pods/eviction', 'Eviction', ['create'], { group: 'policy', version: 'v1' }),
  core('pods/exec', 'PodExecOptions', ['create', 'get']),
  core('pods/log', 'Pod', ['get']),
  core('pods/portforward', 'PodPortForwardOptions', ['create', 'get']),
  core('pods/proxy', 'PodProxyOptions', ['create', 'delete', 'get', 'patch', 'update']),
  core('pods/status', 'Pod', STATUS),
  core('resourcequotas', 'ResourceQuota', ALL, { shortNames: ['quota'] }),
  core('resourcequotas/status', 'ResourceQuota', STATUS),
  core('secrets', 'Secret', ALL),
  core('serviceaccounts', 'ServiceAccount', ALL, { shortNames: ['sa'] }),
  core('serviceaccounts/token', 'TokenRequest', ['create'], {
    group: 'authentication.k8s.io',
    version: 'v1',
  }),
  core('services', 'Service', ALL, { shortNames: ['svc'], categories: ['all'] }),
  core('services/proxy', 'ServiceProxyOptions', ['create', 'delete', 'get', 'patch', 'update']),
  core('services/status', 'Service', STATUS),
]

const custom = (name: string, kind: string, shortNames: string[]): object => ({
  name,
  singularName: kind.toLowerCase(),
  namespaced: true,
  kind,
  verbs: CUSTOM,
  shortNames,
  categories: ['all'],
  storageVersionHash: HASH,
})
const status = (resource: string, kind: string): object =>
  core(`${resource}/status`, kind, STATUS)

const KUBEVIRT_RESOURCES = [
  custom('virtualmachineinstancereplicasets', 'VirtualMachineInstanceReplicaSet', [
    'vmirs',
    'vmirss',
  ]),
  status('virtualmachineinstancereplicasets', 'VirtualMachineInstanceReplicaSet'),
  core('virtualmachineinstancereplicasets/scale', 'Scale', STATUS, {
    group: 'autoscaling',
    version: 'v1',
  }),
  custom('virtualmachineinstancemigrations', 'VirtualMachineInstanceMigration', [
    'vmim',
    'vmims',
  ]),
  status('virtualmachineinstancemigrations', 'VirtualMachineInstanceMigration'),
  custom('virtualmachines', 'VirtualMachine', ['vm', 'vms']),
  status('virtualmachines', 'VirtualMachine'),
  custom('kubevirts', 'KubeVirt', ['kv', 'kvs']),
  status('kubevirts', 'KubeVirt'),
  custom('virtualmachineinstancepresets', 'VirtualMachineInstancePreset', [
    'vmipreset',
    'vmipresets',
  ]),
  custom('virtualmachineinstances', 'VirtualMachineInstance', ['vmi', 'vmis']),
]

/*
 * Without interfaces' hot-plug (addinterface, removeinterface): KubeVirt 1.3 took them away. Nor
 * addvolume and removevolume of instances. The
 * answer names its own version: KubeVirt 1.0 named v1alpha3 for both, by a mistake.
 */
const SUBRESOURCES = [
  'expand-vm-spec',
  'virtualmachineinstances/vnc',
  'virtualmachineinstances/console',
  'virtualmachineinstances/portforward',
  'virtualmachineinstances/pause',
  'virtualmachineinstances/unpause',
  'virtualmachineinstances/freeze',
  'virtualmachineinstances/unfreeze',
  'virtualmachineinstances/softreboot',
  'virtualmachines/start',
  'virtualmachines/stop',
  'virtualmachines/restart',
  'virtualmachines/migrate',
  'virtualmachines/expand-spec',
  'virtualmachineinstances/guestosinfo',
  'virtualmachineinstances/userlist',
  'virtualmachineinstances/filesystemlist',
].map((name) => ({ name, singularName: '', namespaced: true, kind: '', verbs: null }))

/*
 * The recorded server also has apiregistration.k8s.io, autoscaling, batch, certificates.k8s.io,
 * networking.k8s.io, admissionregistration.k8s.io, scheduling.k8s.io, node.k8s.io,
 * discovery.k8s.io and flowcontrol.apiserver.k8s.io. Versions are today's KubeVirt's.
 */
const GROUPS: [name: string, ...versions: string[]][] = [
  ['apps', 'v1'],
  ['events.k8s.io', 'v1'],
  ['authentication.k8s.io', 'v1'],
  ['authorization.k8s.io', 'v1'],
  ['policy', 'v1'],
  ['rbac.authorization.k8s.io', 'v1'],
  ['storage.k8s.io', 'v1'],
  ['apiextensions.k8s.io', 'v1'],
  ['coordination.k8s.io', 'v1'],
  ['subresources.kubevirt.io', 'v1', 'v1alpha3'],
  ['clone.kubevirt.io', 'v1beta1', 'v1alpha1'],
  ['export.kubevirt.io', 'v1', 'v1beta1'],
  ['instancetype.kubevirt.io', 'v1beta1'],
  ['migrations.kubevirt.io', 'v1alpha1'],
  ['pool.kubevirt.io', 'v1beta1', 'v1alpha1'],
  ['snapshot.kubevirt.io', 'v1beta1', 'v1alpha1'],
]
const groupEntry = ([name, ...versions]: (typeof GROUPS)[number]): object => {
  const entries = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }))
  return { name, versions: entries, preferredVersion: entries[0] }
}

const get = (name: string, path: string, answer: unknown): Exchange => ({
  name,
  method: 'GET',
  path,
  status: 200,
  answer,
})
const text = expect.any(String) as unknown

export const discovery: Exchange[] = [
  // Of today's: the recorded server was built without version numbers.
  get('version', '/version', {
    major: '1',
    minor: '32',
    gitVersion: expect.stringMatching(/^v1\.32\.\d+/) as unknown,
    gitCommit: text,
    gitTreeState: 'clean',
    buildDate: TIME,
    goVersion: text,
    compiler: 'gc',
    platform: 'linux/amd64',
  }),
  get('api-versions', '/api', {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: ADDRESS }],
  }),
  get('apis-groups', '/apis', {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: expect.arrayContaining(GROUPS.map(groupEntry)) as unknown,
  }),
  {
    // A kube-apiserver 1.26 did not know this form yet and answered the plain list.
    ...get('apis-aggregated', '/apis', {
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2beta1',
      metadata: {},
      items: expect.arrayContaining(
        GROUPS.map(([name]) =>
          expect.objectContaining({ metadata: { name, creationTimestamp: null } }),
        ),
      ) as unknown,
    }),
    headers: {
      accept:
        'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json',
    },
    contentType: 'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
  },
  get('core-resources', '/api/v1', {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: CORE_RESOURCES,
  }),
  get('kubevirt-resources', '/apis/kubevirt.io/v1', {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'kubevirt.io/v1',
    resources: KUBEVIRT_RESOURCES,
  }),
  get('subresources-list', '/apis/subresources.kubevirt.io/v1', {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: 'subresources.kubevirt.io/v1',
    resources: expect.arrayContaining(SUBRESOURCES) as unknown,
  }),
  { ...get('healthz', '/readyz', 'ok'), contentType: 'text/plain; charset=utf-8' },
  {
    ...get('openapi-v3-index', '/openapi/v3', {
      paths: expect.objectContaining(
        Object.fromEntries(
          ['api/v1', 'apis/apps/v1', 'apis/kubevirt.io/v1', 'apis/kubevirt.io/v1alpha3'].map(
            (path) => [
              path,
              {
                serverRelativeURL: expect.stringMatching(
                  new RegExp(`^/openapi/v3/${path}\\?hash=[0-9A-F]{128}$`),
                ) as unknown,
              },
            ],
          ),
        ),
      ) as unknown,
    }),
    contentType: 'text/plain; charset=utf-8',
  },
]
