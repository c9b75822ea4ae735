import type { RoleSeed, Rule } from './access.ts'

const READ = ['get', 'list', 'watch']
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update']
const ALL = [...READ, ...WRITE]

const core = (resources: string[], verbs: string[]): Rule => ({
  apiGroups: [''],
  resources,
  verbs,
})

const WORKLOADS = ['pods', 'configmaps', 'endpoints', 'persistentvolumeclaims', 'services']
const VISIBLE = [
  ...WORKLOADS,
  'serviceaccounts',
  'persistentvolumeclaims/status',
  'pods/log',
  'pods/status',
  'services/status',
  'events',
  'limitranges',
  'namespaces',
  'namespaces/status',
  'resourcequotas',
  'resourcequotas/status',
]
const READ_GROUPS: Rule[] = [
  { apiGroups: ['apps'], resources: ['controllerrevisions'], verbs: READ },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: READ },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: READ },
  {
    apiGroups: ['k8s.cni.cncf.io'],
    resources: ['network-attachment-definitions'],
    verbs: READ,
  },
  { apiGroups: ['template.openshift.io'], resources: ['templates'], verbs: READ },
]
const EDIT: Rule[] = [
  core(['secrets', 'services/proxy'], READ),
  core([...WORKLOADS, 'secrets', 'serviceaccounts', 'events'], WRITE),
  core(['pods/attach', 'pods/exec', 'pods/portforward', 'pods/eviction'], ['get', 'create']),
  core(['serviceaccounts/token'], ['create']),
  core(['serviceaccounts'], ['impersonate']),
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: WRITE },
  {
    apiGroups: ['k8s.cni.cncf.io'],
    resources: ['network-attachment-definitions'],
    verbs: WRITE,
  },
  { apiGroups: ['template.openshift.io'], resources: ['templates'], verbs: WRITE },
  {
    apiGroups: ['template.openshift.io'],
    resources: ['processedtemplates'],
    verbs: ['create'],
  },
]
const toRole = (name: string): string => `rbac.authorization.k8s.io/aggregate-to-${name}`

/** A role that unites others by their label, and is itself part of the next greater one. */
const aggregated = (name: string, partOf?: string): RoleSeed => ({
  name,
  ...(partOf && { labels: { [toRole(partOf)]: 'true' } }),
  aggregates: { [toRole(name)]: 'true' },
  rules: [],
})
const RBAC_RESOURCES = ['roles', 'rolebindings']

/** The default cluster roles of Kubernetes, as far as this cluster has their resources. */
export function kubernetesRoles(): RoleSeed[] {
  return [
    {
      name: 'cluster-admin',
      rules: [
        { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
        { nonResourceURLs: ['*'], verbs: ['*'] },
      ],
    },
    aggregated('admin'),
    aggregated('edit', 'admin'),
    aggregated('view', 'edit'),
    {
      name: 'system:aggregate-to-admin',
      labels: { [toRole('admin')]: 'true' },
      rules: [
        {
          apiGroups: ['authorization.k8s.io'],
          resources: ['localsubjectaccessreviews'],
          verbs: ['create'],
        },
        { apiGroups: ['rbac.authorization.k8s.io'], resources: RBAC_RESOURCES, verbs: ALL },
      ],
    },
    {
      name: 'system:aggregate-to-edit',
      labels: { [toRole('edit')]: 'true' },
      rules: EDIT,
    },
    {
      name: 'system:aggregate-to-view',
      labels: { [toRole('view')]: 'true' },
      rules: [core(VISIBLE, READ), ...READ_GROUPS],
    },
    {
      name: 'system:basic-user',
      rules: [
        {
          apiGroups: ['authorization.k8s.io'],
          resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
          verbs: ['create'],
        },
        {
          apiGroups: ['authentication.k8s.io'],
          resources: ['selfsubjectreviews'],
          verbs: ['create'],
        },
      ],
    },
    {
      name: 'system:discovery',
      rules: [
        {
          nonResourceURLs: [
            '/api',
            '/api/*',
            '/apis',
            '/apis/*',
            '/healthz',
            '/livez',
            '/openapi',
            '/openapi/*',
            '/readyz',
            '/version',
            '/version/',
          ],
          verbs: ['get'],
        },
      ],
    },
    {
      name: 'system:service-account-issuer-discovery',
      rules: [{ nonResourceURLs: ['/.well-known', '/.well-known/*'], verbs: ['get'] }],
    },
    {
      name: 'system:public-info-viewer',
      rules: [
        {
          nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
          verbs: ['get'],
        },
      ],
    },
    nodeRole(),
    controllersRole(),
  ]
}

/** What a node agent needs: its own node and lease, pods and VMIs, and what VMIs refer to. */
function nodeRole(): RoleSeed {
  return {
    name: 'system:node',
    rules: [
      core(['nodes', 'nodes/status'], [...READ, 'create', 'patch', 'update']),
      core(['pods'], [...READ, 'delete']),
      core(['pods/status'], ['get', 'patch', 'update']),
      core(['events'], ['create', 'patch', 'update']),
      core(['configmaps', 'secrets', 'persistentvolumeclaims', 'persistentvolumes'], READ),
      core(['namespaces', 'services', 'endpoints', 'serviceaccounts'], READ),
      // A claim that waits for its first consumer, when that is a running guest.
      core(['persistentvolumeclaims'], ['patch']),
      core(['serviceaccounts/token'], ['create']),
      { apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes'], verbs: READ },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: READ },
      {
        apiGroups: ['coordination.k8s.io'],
        resources: ['leases'],
        verbs: ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'],
      },
      {
        apiGroups: ['kubevirt.io'],
        resources: ['virtualmachineinstances', 'virtualmachineinstances/status'],
        verbs: [...READ, 'patch', 'update'],
      },
      {
        apiGroups: ['kubevirt.io'],
        resources: ['virtualmachines', 'virtualmachineinstancemigrations', 'kubevirts'],
        verbs: READ,
      },
      {
        apiGroups: ['k8s.cni.cncf.io'],
        resources: ['network-attachment-definitions'],
        verbs: READ,
      },
    ],
  }
}

/** All controllers run in one process and share its identity. */
function controllersRole(): RoleSeed {
  return {
    name: 'system:controllers',
    rules: [
      { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
      { nonResourceURLs: ['*'], verbs: ['get'] },
    ],
  }
}
