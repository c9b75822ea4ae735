import type { ResourceDefinition } from '../../registry.ts'
import { resourceIdOf } from '../../store/keys.ts'
import type { JsonObject } from './fields.ts'

const SPEC = { spec: {} }
const WITH_STATUS = { spec: {}, status: {} }

/**
 * What Go writes of an empty object of a built-in kind: structs without `omitempty`. They are
 * there before anybody sets them, so whoever fills them owns what is in them but not themselves.
 */
const ZERO_VALUES: Record<string, JsonObject> = {
  events: {
    involvedObject: {},
    source: {},
    firstTimestamp: null,
    lastTimestamp: null,
    eventTime: null,
    reportingComponent: '',
    reportingInstance: '',
  },
  'events.events.k8s.io': {
    eventTime: null,
    regarding: {},
    deprecatedSource: {},
    deprecatedFirstTimestamp: null,
    deprecatedLastTimestamp: null,
  },
  limitranges: SPEC,
  namespaces: WITH_STATUS,
  nodes: {
    spec: {},
    status: { daemonEndpoints: { kubeletEndpoint: {} }, nodeInfo: {} },
  },
  persistentvolumeclaims: { spec: { resources: {} }, status: {} },
  persistentvolumes: WITH_STATUS,
  pods: { spec: { containers: [] }, status: {} },
  resourcequotas: WITH_STATUS,
  services: { spec: {}, status: { loadBalancer: {} } },
  'customresourcedefinitions.apiextensions.k8s.io': {
    spec: { names: {} },
    status: { acceptedNames: {} },
  },
  'leases.coordination.k8s.io': SPEC,
  'poddisruptionbudgets.policy': WITH_STATUS,
  'clusterrolebindings.rbac.authorization.k8s.io': { roleRef: {} },
  'rolebindings.rbac.authorization.k8s.io': { roleRef: {} },
}

export function zeroValueOf(definition: ResourceDefinition): JsonObject {
  return definition.custom ? {} : (ZERO_VALUES[resourceIdOf(definition)] ?? {})
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value with what is missing of its zero value. */
export function withZeros(value: JsonObject, zero: JsonObject): JsonObject {
  const filled = { ...value }
  for (const [key, empty] of Object.entries(zero)) {
    const own = filled[key]
    if (own === undefined || own === null) filled[key] = empty
    else if (isObject(own) && isObject(empty)) filled[key] = withZeros(own, empty)
  }
  return filled
}
