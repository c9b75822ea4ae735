import type { JsonSchema } from './json-schema.ts'

/**
 * What TypeScript declarations cannot say, restored: how lists merge in strategic merge patches
 * and server-side apply, which maps are atomic, which maps hold quantities. Mostly for built-in
 * kinds: custom resources replace lists as a whole.
 */

const CORE = 'io.k8s.api.core.v1.'
const META = 'io.k8s.apimachinery.pkg.apis.meta.v1.'

/** Lists that merge item by item: component.property → map keys, the first is the patch key. */
const KEYED_LISTS: Record<string, string[]> = {
  [`${META}ObjectMeta.ownerReferences`]: ['uid'],
  [`${CORE}PodSpec.containers`]: ['name'],
  [`${CORE}PodSpec.initContainers`]: ['name'],
  [`${CORE}PodSpec.ephemeralContainers`]: ['name'],
  [`${CORE}PodSpec.volumes`]: ['name'],
  [`${CORE}PodSpec.imagePullSecrets`]: ['name'],
  [`${CORE}PodSpec.hostAliases`]: ['ip'],
  [`${CORE}PodSpec.resourceClaims`]: ['name'],
  [`${CORE}PodSpec.schedulingGates`]: ['name'],
  [`${CORE}PodSpec.topologySpreadConstraints`]: ['topologyKey', 'whenUnsatisfiable'],
  [`${CORE}Container.env`]: ['name'],
  [`${CORE}Container.ports`]: ['containerPort', 'protocol'],
  [`${CORE}Container.volumeMounts`]: ['mountPath'],
  [`${CORE}Container.volumeDevices`]: ['devicePath'],
  [`${CORE}EphemeralContainer.env`]: ['name'],
  [`${CORE}EphemeralContainer.ports`]: ['containerPort', 'protocol'],
  [`${CORE}EphemeralContainer.volumeMounts`]: ['mountPath'],
  [`${CORE}EphemeralContainer.volumeDevices`]: ['devicePath'],
  [`${CORE}PodStatus.conditions`]: ['type'],
  [`${CORE}PodStatus.podIPs`]: ['ip'],
  [`${CORE}NodeStatus.conditions`]: ['type'],
  [`${CORE}NodeStatus.addresses`]: ['type'],
  [`${CORE}NamespaceStatus.conditions`]: ['type'],
  [`${CORE}PersistentVolumeClaimStatus.conditions`]: ['type'],
  [`${CORE}ServiceSpec.ports`]: ['port', 'protocol'],
  [`${CORE}ServiceStatus.conditions`]: ['type'],
  [`${CORE}ServiceAccount.secrets`]: ['name'],
  'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionStatus.conditions':
    ['type'],
}

/** Lists of distinct scalars that merge. */
const SETS = new Set([
  `${META}ObjectMeta.finalizers`,
  `${CORE}NodeSpec.podCIDRs`,
  `${CORE}PersistentVolumeClaimSpec.finalizers`,
])

/** Maps and structs that are owned and replaced as a whole. */
const ATOMIC_MAPS = new Set([
  `${CORE}PodSpec.nodeSelector`,
  `${CORE}ServiceSpec.selector`,
  `${CORE}ConfigMapKeySelector`,
  `${CORE}LocalObjectReference`,
  `${CORE}NodeSelector`,
  `${CORE}NodeSelectorTerm`,
  `${CORE}ObjectFieldSelector`,
  `${CORE}ObjectReference`,
  `${CORE}ResourceFieldSelector`,
  `${CORE}SecretKeySelector`,
  `${CORE}SecretReference`,
  `${CORE}TypedLocalObjectReference`,
  `${META}LabelSelector`,
  'io.k8s.api.rbac.v1.RoleRef',
  'io.k8s.api.rbac.v1.Subject',
])

/** `{ [name]: quantity }`, declared as maps of strings. */
const QUANTITY_MAPS = new Set([
  'allocatable',
  'allocatedResources',
  'capacity',
  'default',
  'defaultRequest',
  'hard',
  'limits',
  'max',
  'maxLimitRequestRatio',
  'min',
  'overhead',
  'requests',
  'used',
])

/** Values that validation of built-in kinds insists on. */
const ENUMS: Record<string, string[]> = {
  [`${CORE}Container.imagePullPolicy`]: ['Always', 'IfNotPresent', 'Never'],
  [`${CORE}ContainerPort.protocol`]: ['SCTP', 'TCP', 'UDP'],
  [`${CORE}PersistentVolumeClaimSpec.volumeMode`]: ['Block', 'Filesystem'],
  [`${CORE}PersistentVolumeSpec.persistentVolumeReclaimPolicy`]: [
    'Delete',
    'Recycle',
    'Retain',
  ],
  [`${CORE}PersistentVolumeSpec.volumeMode`]: ['Block', 'Filesystem'],
  [`${CORE}PodSpec.dnsPolicy`]: ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  [`${CORE}PodSpec.restartPolicy`]: ['Always', 'Never', 'OnFailure'],
  [`${CORE}ServicePort.protocol`]: ['SCTP', 'TCP', 'UDP'],
  [`${CORE}ServiceSpec.externalTrafficPolicy`]: ['Cluster', 'Local'],
  [`${CORE}ServiceSpec.sessionAffinity`]: ['ClientIP', 'None'],
  [`${CORE}ServiceSpec.type`]: ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  [`${CORE}Taint.effect`]: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  [`${CORE}Toleration.effect`]: ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  [`${CORE}Toleration.operator`]: ['Equal', 'Exists'],
  'io.k8s.api.storage.v1.StorageClass.reclaimPolicy': ['Delete', 'Retain'],
  'io.k8s.api.storage.v1.StorageClass.volumeBindingMode': ['Immediate', 'WaitForFirstConsumer'],
}
const ACCESS_MODES = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']

/** Fractional numbers; every other number of the API is an integer. */
const FRACTIONS = new Set(['loginTime', 'maximum', 'minimum', 'multipleOf'])

const DEFINITIONS = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.'

/** Fields of a CustomResourceDefinition's schemas that hold any JSON, alone or as items. */
function anyJson(property: string, schema: JsonSchema): JsonSchema {
  const { description } = schema
  const any: JsonSchema = description === undefined ? {} : { description }
  switch (property) {
    case 'additionalItems':
    case 'additionalProperties':
    case 'default':
    case 'example':
    case 'items':
      return any
    case 'enum':
      return { ...schema, items: {} }
    case 'dependencies':
      return { ...schema, additionalProperties: {} }
    default:
      return schema
  }
}

export function restoreProperty(
  component: string,
  property: string,
  schema: JsonSchema,
): JsonSchema {
  if (component === `${DEFINITIONS}JSONSchemaProps`) return anyJson(property, schema)
  const path = `${component}.${property}`
  const keys = KEYED_LISTS[path]
  if (keys) {
    return {
      ...schema,
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': keys,
      'x-kubernetes-patch-strategy': property === 'volumes' ? 'merge,retainKeys' : 'merge',
      'x-kubernetes-patch-merge-key': keys[0] ?? '',
    }
  }
  if (SETS.has(path)) {
    return {
      ...schema,
      'x-kubernetes-list-type': 'set',
      'x-kubernetes-patch-strategy': 'merge',
    }
  }
  const values = ENUMS[path]
  if (values) return { ...schema, enum: values }
  if (component.startsWith(CORE) && property === 'accessModes') {
    return { ...schema, items: { type: 'string', enum: ACCESS_MODES } }
  }
  if (ATOMIC_MAPS.has(path)) return { ...schema, 'x-kubernetes-map-type': 'atomic' }
  if (typeof schema.additionalProperties === 'object' && QUANTITY_MAPS.has(property)) {
    return { ...schema, additionalProperties: { ...QUANTITY } }
  }
  if (schema.type === 'integer' && FRACTIONS.has(property)) return { ...schema, type: 'number' }
  return schema
}

/** The published types leave the times of KubeVirt's conditions out. */
const CONDITION_TIMES: JsonSchema = { type: 'string', format: 'date-time' }

export function restoreComponent(component: string, schema: JsonSchema): JsonSchema {
  if (component.startsWith('io.kubevirt.') && component.endsWith('Condition')) {
    const { properties = {} } = schema
    const times = { lastProbeTime: CONDITION_TIMES, lastTransitionTime: CONDITION_TIMES }
    return { ...schema, properties: { ...times, ...properties } }
  }
  if (component === `${DEFINITIONS}CustomResourceDefinitionVersion`) {
    return { ...schema, properties: { ...schema.properties, selectableFields: SELECTABLE } }
  }
  return ATOMIC_MAPS.has(component) ? { ...schema, 'x-kubernetes-map-type': 'atomic' } : schema
}

/** Since Kubernetes 1.30, which is younger than the published types. */
const SELECTABLE: JsonSchema = {
  type: 'array',
  description:
    'selectableFields specifies paths to fields that may be used as field selectors. A maximum of 8 selectable fields are allowed. See https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors',
  'x-kubernetes-list-type': 'atomic',
  items: {
    type: 'object',
    required: ['jsonPath'],
    properties: {
      jsonPath: {
        type: 'string',
        description:
          'jsonPath is a simple JSON path which is evaluated against each custom resource to produce a field selector value. Only JSON paths without the array notation are allowed. Must point to a field of type string, boolean or integer.',
      },
    },
  },
}

export const QUANTITY: JsonSchema = {
  type: 'string',
  format: 'quantity',
  'x-kubernetes-int-or-string': true,
}

/** Recognises the Go types behind a declared `string` by the prose they bring along. */
export function restoreString(description: string): JsonSchema {
  if (description.includes('Quantity is a fixed-point representation of a number')) {
    return { ...QUANTITY }
  }
  if (description.includes('IntOrString is a type that can hold')) {
    return { type: 'string', format: 'int-or-string', 'x-kubernetes-int-or-string': true }
  }
  if (/Time is a wrapper around time\.Time|MicroTime is version of Time/.test(description)) {
    return { type: 'string', format: 'date-time' }
  }
  return { type: 'string' }
}
