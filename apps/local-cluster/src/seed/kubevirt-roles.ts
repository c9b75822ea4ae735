import type { RoleSeed, Rule } from './access.ts'

const READ = ['get', 'list', 'watch']
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update']
const ALL = [...READ, ...WRITE]
const SUBRESOURCES = 'subresources.kubevirt.io'

const KUBEVIRT_KINDS = [
  'virtualmachines',
  'virtualmachineinstances',
  'virtualmachineinstancepresets',
  'virtualmachineinstancereplicasets',
]
const CDI_KINDS = ['datavolumes', 'datasources', 'dataimportcrons']
/** Groups whose kinds belong to projects, with those kinds. */
const PROJECT_KINDS: [group: string, resources: string[]][] = [
  [
    'snapshot.kubevirt.io',
    ['virtualmachinesnapshots', 'virtualmachinesnapshotcontents', 'virtualmachinerestores'],
  ],
  ['export.kubevirt.io', ['virtualmachineexports']],
  ['clone.kubevirt.io', ['virtualmachineclones']],
  ['instancetype.kubevirt.io', ['virtualmachineinstancetypes', 'virtualmachinepreferences']],
  ['pool.kubevirt.io', ['virtualmachinepools']],
  ['cdi.kubevirt.io', CDI_KINDS],
]

const READ_INSTANCE: Rule = {
  apiGroups: [SUBRESOURCES],
  resources: [
    'virtualmachineinstances/guestosinfo',
    'virtualmachineinstances/filesystemlist',
    'virtualmachineinstances/userlist',
    'virtualmachineinstances/objectgraph',
    'virtualmachines/expand-spec',
    'virtualmachines/portforward',
    'virtualmachines/objectgraph',
  ],
  verbs: ['get'],
}
const OPEN_INSTANCE: Rule = {
  apiGroups: [SUBRESOURCES],
  resources: [
    'virtualmachineinstances/console',
    'virtualmachineinstances/vnc',
    'virtualmachineinstances/vnc/screenshot',
    'virtualmachineinstances/portforward',
    'virtualmachineinstances/usbredir',
    'virtualmachineinstances/vsock',
  ],
  verbs: ['get'],
}
const CHANGE_INSTANCE: Rule = {
  apiGroups: [SUBRESOURCES],
  resources: [
    ...[
      'pause',
      'unpause',
      'freeze',
      'unfreeze',
      'softreboot',
      'reset',
      'addvolume',
      'removevolume',
    ].map((name) => `virtualmachineinstances/${name}`),
    ...[
      'start',
      'stop',
      'restart',
      'migrate',
      'addvolume',
      'removevolume',
      'memorydump',
      'removememorydump',
    ].map((name) => `virtualmachines/${name}`),
  ],
  verbs: ['update'],
}
const EXPAND: Rule = {
  apiGroups: [SUBRESOURCES],
  resources: ['expand-vm-spec'],
  verbs: ['update'],
}

const projectRules = (verbs: string[]): Rule[] => [
  { apiGroups: ['kubevirt.io'], resources: KUBEVIRT_KINDS, verbs },
  ...PROJECT_KINDS.map(([group, resources]) => ({ apiGroups: [group], resources, verbs })),
]
const CLUSTER_INSTANCETYPES: Rule = {
  apiGroups: ['instancetype.kubevirt.io'],
  resources: ['virtualmachineclusterinstancetypes', 'virtualmachineclusterpreferences'],
  verbs: READ,
}
const CLUSTER_READ: Rule[] = [
  CLUSTER_INSTANCETYPES,
  { apiGroups: ['kubevirt.io'], resources: ['kubevirts'], verbs: ['get', 'list'] },
  { apiGroups: ['migrations.kubevirt.io'], resources: ['migrationpolicies'], verbs: READ },
]
const MIGRATIONS = ['virtualmachineinstancemigrations']
const EDIT: Rule[] = [
  READ_INSTANCE,
  OPEN_INSTANCE,
  CHANGE_INSTANCE,
  EXPAND,
  ...projectRules(ALL),
  { apiGroups: ['kubevirt.io'], resources: MIGRATIONS, verbs: READ },
  { apiGroups: ['upload.cdi.kubevirt.io'], resources: ['uploadtokenrequests'], verbs: ['*'] },
  { apiGroups: ['cdi.kubevirt.io'], resources: ['datavolumes/source'], verbs: ['create'] },
  ...CLUSTER_READ,
]

/** The roles that KubeVirt's and CDI's operators bring. */
export function kubeVirtRoles(): RoleSeed[] {
  return [
    {
      name: 'kubevirt.io:admin',
      labels: { 'rbac.authorization.k8s.io/aggregate-to-admin': 'true' },
      rules: [...EDIT, { apiGroups: ['kubevirt.io'], resources: MIGRATIONS, verbs: ALL }],
    },
    {
      name: 'kubevirt.io:edit',
      labels: { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' },
      rules: EDIT,
    },
    {
      name: 'kubevirt.io:view',
      labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
      rules: [
        READ_INSTANCE,
        EXPAND,
        ...projectRules(READ),
        { apiGroups: ['kubevirt.io'], resources: MIGRATIONS, verbs: READ },
        ...CLUSTER_READ,
      ],
    },
    {
      name: 'kubevirt.io:migrate',
      rules: [
        {
          apiGroups: [SUBRESOURCES],
          resources: ['virtualmachines/migrate'],
          verbs: ['update'],
        },
        { apiGroups: ['kubevirt.io'], resources: MIGRATIONS, verbs: ALL },
      ],
    },
    // The rest is bound to everybody who is signed in.
    {
      name: 'kubevirt.io:default',
      rules: [
        {
          apiGroups: [SUBRESOURCES],
          resources: ['version', 'guestfs'],
          verbs: ['get', 'list'],
        },
      ],
    },
    { name: 'instancetype.kubevirt.io:view', rules: [CLUSTER_INSTANCETYPES] },
    {
      name: 'cdi.kubevirt.io:config-reader',
      rules: [
        {
          apiGroups: ['cdi.kubevirt.io'],
          resources: ['cdiconfigs', 'storageprofiles'],
          verbs: READ,
        },
      ],
    },
    {
      // OpenShift's: whoever may make a disk has to see what kinds there are.
      name: 'basic-user',
      rules: [{ apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: READ }],
    },
  ]
}
