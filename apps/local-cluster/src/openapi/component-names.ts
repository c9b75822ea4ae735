/** Groups of the published types whose kinds the local cluster serves or refers to. */
const KUBERNETES_PREFIXES: [prefix: string, package_: string][] = [
  ['IoK8sApiCore', 'io.k8s.api.core'],
  ['IoK8sApiApps', 'io.k8s.api.apps'],
  ['IoK8sApiAuthentication', 'io.k8s.api.authentication'],
  ['IoK8sApiAuthorization', 'io.k8s.api.authorization'],
  ['IoK8sApiAutoscaling', 'io.k8s.api.autoscaling'],
  ['IoK8sApiCoordination', 'io.k8s.api.coordination'],
  ['IoK8sApiDiscovery', 'io.k8s.api.discovery'],
  ['IoK8sApiEvents', 'io.k8s.api.events'],
  ['IoK8sApiPolicy', 'io.k8s.api.policy'],
  ['IoK8sApiRbac', 'io.k8s.api.rbac'],
  ['IoK8sApiScheduling', 'io.k8s.api.scheduling'],
  ['IoK8sApiStorage', 'io.k8s.api.storage'],
  [
    'IoK8sApiextensionsApiserverPkgApisApiextensions',
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions',
  ],
  ['IoK8sApimachineryPkgApisMeta', 'io.k8s.apimachinery.pkg.apis.meta'],
]
const VERSION = /^(V\d+(?:(?:alpha|beta)\d+)?)([A-Z]\w*)$/

export type DeclarationSource = 'kubernetes' | 'kubevirt' | 'containerized-data-importer'

/**
 * The OpenAPI component of a published interface, named as Kubernetes names it, or undefined for
 * interfaces that are no part of the served API. The KubeVirt and CDI files carry copies of core
 * types; those become the core component itself.
 */
export function componentName(source: DeclarationSource, declared: string): string | undefined {
  const core = /^(?:IoK8s|K8sIo)\w+/.test(declared)
  if (core) return kubernetesComponent(declared.replace(/^K8sIo/, 'IoK8s'))
  if (source === 'kubernetes') return undefined
  const [, version, kind] = VERSION.exec(declared) ?? []
  if (!version || !kind) return undefined
  if (source === 'kubevirt') return `io.kubevirt.${version.toLowerCase()}.${kind}`
  if (version === 'V1') return CDI_CORE_KINDS.has(kind) ? coreKind(kind) : metaKind(kind)
  return `io.kubevirt.cdi.${version.toLowerCase()}.${kind}`
}

function kubernetesComponent(declared: string): string | undefined {
  for (const [prefix, package_] of KUBERNETES_PREFIXES) {
    if (!declared.startsWith(prefix)) continue
    const [, version, kind] = VERSION.exec(declared.slice(prefix.length)) ?? []
    if (version && kind) return `${package_}.${version.toLowerCase()}.${kind}`
  }
  return undefined
}

const coreKind = (kind: string): string => `io.k8s.api.core.v1.${kind}`
const metaKind = (kind: string): string => `io.k8s.apimachinery.pkg.apis.meta.v1.${kind}`

/** The `V1…` interfaces of the CDI file that are core types; its others are of meta/v1. */
const CDI_CORE_KINDS = new Set([
  'Affinity',
  'LocalObjectReference',
  'NodeAffinity',
  'NodeSelector',
  'NodeSelectorRequirement',
  'NodeSelectorTerm',
  'PersistentVolumeClaimSpec',
  'PodAffinity',
  'PodAffinityTerm',
  'PodAntiAffinity',
  'PreferredSchedulingTerm',
  'ResourceClaim',
  'ResourceRequirements',
  'Toleration',
  'TypedLocalObjectReference',
  'TypedObjectReference',
  'VolumeResourceRequirements',
  'WeightedPodAffinityTerm',
])
