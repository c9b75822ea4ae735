/** A resource of the API as requests name it. */
export interface ResourceRef {
  /** API group; `''` is the core group. */
  group: string
  version: string
  /** The plural, as in URLs. */
  resource: string
  kind: string
  namespaced: boolean
}

const ref = (
  group: string,
  version: string,
  resource: string,
  kind: string,
  namespaced = true,
): ResourceRef => ({ group, version, resource, kind, namespaced })

/** The resources that Virtdeck itself reads or writes. */
export const RESOURCES = {
  namespaces: ref('', 'v1', 'namespaces', 'Namespace', false),
  nodes: ref('', 'v1', 'nodes', 'Node', false),
  pods: ref('', 'v1', 'pods', 'Pod'),
  persistentVolumeClaims: ref('', 'v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  persistentVolumes: ref('', 'v1', 'persistentvolumes', 'PersistentVolume', false),
  services: ref('', 'v1', 'services', 'Service'),
  endpoints: ref('', 'v1', 'endpoints', 'Endpoints'),
  secrets: ref('', 'v1', 'secrets', 'Secret'),
  configMaps: ref('', 'v1', 'configmaps', 'ConfigMap'),
  serviceAccounts: ref('', 'v1', 'serviceaccounts', 'ServiceAccount'),
  events: ref('', 'v1', 'events', 'Event'),
  controllerRevisions: ref('apps', 'v1', 'controllerrevisions', 'ControllerRevision'),
  leases: ref('coordination.k8s.io', 'v1', 'leases', 'Lease'),
  storageClasses: ref('storage.k8s.io', 'v1', 'storageclasses', 'StorageClass', false),
  roles: ref('rbac.authorization.k8s.io', 'v1', 'roles', 'Role'),
  roleBindings: ref('rbac.authorization.k8s.io', 'v1', 'rolebindings', 'RoleBinding'),
  clusterRoles: ref('rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole', false),
  clusterRoleBindings: ref(
    'rbac.authorization.k8s.io',
    'v1',
    'clusterrolebindings',
    'ClusterRoleBinding',
    false,
  ),
  selfSubjectAccessReviews: ref(
    'authorization.k8s.io',
    'v1',
    'selfsubjectaccessreviews',
    'SelfSubjectAccessReview',
    false,
  ),
  selfSubjectRulesReviews: ref(
    'authorization.k8s.io',
    'v1',
    'selfsubjectrulesreviews',
    'SelfSubjectRulesReview',
    false,
  ),
  selfSubjectReviews: ref(
    'authentication.k8s.io',
    'v1',
    'selfsubjectreviews',
    'SelfSubjectReview',
    false,
  ),
  virtualMachines: ref('kubevirt.io', 'v1', 'virtualmachines', 'VirtualMachine'),
  virtualMachineInstances: ref(
    'kubevirt.io',
    'v1',
    'virtualmachineinstances',
    'VirtualMachineInstance',
  ),
  virtualMachineInstanceMigrations: ref(
    'kubevirt.io',
    'v1',
    'virtualmachineinstancemigrations',
    'VirtualMachineInstanceMigration',
  ),
  kubeVirts: ref('kubevirt.io', 'v1', 'kubevirts', 'KubeVirt'),
  dataVolumes: ref('cdi.kubevirt.io', 'v1beta1', 'datavolumes', 'DataVolume'),
  storageProfiles: ref(
    'cdi.kubevirt.io',
    'v1beta1',
    'storageprofiles',
    'StorageProfile',
    false,
  ),
  dataSources: ref('cdi.kubevirt.io', 'v1beta1', 'datasources', 'DataSource'),
  endpointSlices: ref('discovery.k8s.io', 'v1', 'endpointslices', 'EndpointSlice'),
  volumeSnapshots: ref('snapshot.storage.k8s.io', 'v1', 'volumesnapshots', 'VolumeSnapshot'),
  volumeSnapshotContents: ref(
    'snapshot.storage.k8s.io',
    'v1',
    'volumesnapshotcontents',
    'VolumeSnapshotContent',
    false,
  ),
  volumeSnapshotClasses: ref(
    'snapshot.storage.k8s.io',
    'v1',
    'volumesnapshotclasses',
    'VolumeSnapshotClass',
    false,
  ),
  virtualMachineSnapshots: ref(
    'snapshot.kubevirt.io',
    'v1beta1',
    'virtualmachinesnapshots',
    'VirtualMachineSnapshot',
  ),
  virtualMachineSnapshotContents: ref(
    'snapshot.kubevirt.io',
    'v1beta1',
    'virtualmachinesnapshotcontents',
    'VirtualMachineSnapshotContent',
  ),
  virtualMachineRestores: ref(
    'snapshot.kubevirt.io',
    'v1beta1',
    'virtualmachinerestores',
    'VirtualMachineRestore',
  ),
  virtualMachineClones: ref(
    'clone.kubevirt.io',
    'v1beta1',
    'virtualmachineclones',
    'VirtualMachineClone',
  ),
  /** v1 is served by new versions only. */
  virtualMachineExports: ref(
    'export.kubevirt.io',
    'v1beta1',
    'virtualmachineexports',
    'VirtualMachineExport',
  ),
  virtualMachineInstancetypes: ref(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachineinstancetypes',
    'VirtualMachineInstancetype',
  ),
  virtualMachineClusterInstancetypes: ref(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachineclusterinstancetypes',
    'VirtualMachineClusterInstancetype',
    false,
  ),
  virtualMachinePreferences: ref(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachinepreferences',
    'VirtualMachinePreference',
  ),
  virtualMachineClusterPreferences: ref(
    'instancetype.kubevirt.io',
    'v1beta1',
    'virtualmachineclusterpreferences',
    'VirtualMachineClusterPreference',
    false,
  ),
  customResourceDefinitions: ref(
    'apiextensions.k8s.io',
    'v1',
    'customresourcedefinitions',
    'CustomResourceDefinition',
    false,
  ),
  templates: ref('template.openshift.io', 'v1', 'templates', 'Template'),
  processedTemplates: ref('template.openshift.io', 'v1', 'processedtemplates', 'Template'),
  networkAttachmentDefinitions: ref(
    'k8s.cni.cncf.io',
    'v1',
    'network-attachment-definitions',
    'NetworkAttachmentDefinition',
  ),
} satisfies Record<string, ResourceRef>

/** KubeVirt's subresources of VMs and VMIs live in a group of their own. */
export const SUBRESOURCES_GROUP = 'subresources.kubevirt.io'

/** `kubevirt.io/v1`, or `v1` for the core group. */
export function apiVersionOf({
  group,
  version,
}: Pick<ResourceRef, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`
}

/** Splits an `apiVersion`: `kubevirt.io/v1` → group and version. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/')
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

/** Which object or collection a path names. */
export interface PathTarget {
  /** Left out: all namespaces, or a cluster-scoped resource. */
  namespace?: string | undefined
  name?: string | undefined
  subresource?: string | undefined
}

/** The URL path of a collection, object or subresource; segments are percent-encoded. */
export function pathOf(resource: ResourceRef, target: PathTarget = {}): string {
  const { namespace, name, subresource } = target
  const segments = [resource.group === '' ? 'api' : `apis/${resource.group}`, resource.version]
  if (resource.namespaced && namespace !== undefined) {
    segments.push('namespaces', encodeURIComponent(namespace))
  }
  segments.push(resource.resource)
  if (name !== undefined) segments.push(encodeURIComponent(name))
  if (subresource !== undefined) segments.push(subresource)
  return `/${segments.join('/')}`
}

/** The path of a KubeVirt subresource, such as `start` of a VM or `console` of a VMI. */
export function virtualMachineSubresourcePath(target: {
  resource: 'virtualmachines' | 'virtualmachineinstances'
  namespace: string
  name: string
  subresource: string
}): string {
  const subresources = ref(SUBRESOURCES_GROUP, 'v1', target.resource, '')
  return pathOf(subresources, target)
}
