import type { JsonSchema } from '../openapi/json-schema.ts'

/*
 * How lists of built-in kinds are merged, by the name of the field that holds them. Kubernetes
 * says so in its OpenAPI (x-kubernetes-list-type, x-kubernetes-patch-merge-key); these are the
 * lists of the kinds that we serve.
 */

export interface ListRule {
  /** Server-side apply: `map` merges by keys, `set` by value, `atomic` replaces. */
  type: 'map' | 'set' | 'atomic'
  keys: string[]
  /** Server-side apply: the items themselves are owned and replaced as a whole. */
  atomicItems?: boolean
  /** Strategic merge patch: merges by this key, or ('') by value; undefined replaces the list. */
  patchKey?: string
}

const ATOMIC: ListRule = { type: 'atomic', keys: [] }
const SET: ListRule = { type: 'set', keys: [], patchKey: '' }
const map = (...keys: string[]): ListRule => ({ type: 'map', keys, patchKey: keys[0] ?? '' })
const references = (key: string): ListRule => ({ ...map(key), atomicItems: true })
const patchOnly = (patchKey: string): ListRule => ({ type: 'atomic', keys: [], patchKey })

const EVERYWHERE: Record<string, ListRule> = {
  finalizers: SET,
  ownerReferences: references('uid'),
}

const BUILT_IN: Record<string, ListRule> = {
  addresses: map('type'),
  conditions: map('type'),
  containers: map('name'),
  env: map('name'),
  ephemeralContainers: map('name'),
  hostAliases: map('ip'),
  imagePullSecrets: references('name'),
  initContainers: map('name'),
  podIPs: map('ip'),
  secrets: references('name'),
  taints: patchOnly('key'),
  topologySpreadConstraints: map('topologyKey', 'whenUnsatisfiable'),
  volumeDevices: map('devicePath'),
  volumeMounts: map('mountPath'),
  volumes: map('name'),
}

const CONTAINER_PORTS: ListRule = {
  type: 'map',
  keys: ['containerPort', 'protocol'],
  patchKey: 'containerPort',
}
const SERVICE_PORTS: ListRule = { type: 'map', keys: ['port', 'protocol'], patchKey: 'port' }

/** The rule of a list whose schema says it itself. */
export function ruleOfSchema(schema: JsonSchema): ListRule {
  switch (schema['x-kubernetes-list-type']) {
    case 'map':
      return map(...(schema['x-kubernetes-list-map-keys'] ?? []))
    case 'set':
      return SET
    default:
      return ATOMIC
  }
}

/** The rule of a list; `path` are the field names above it, without list items. */
export function listRuleOf(custom: boolean, path: readonly string[], field: string): ListRule {
  if (path.length === 1 && path[0] === 'metadata') return EVERYWHERE[field] ?? ATOMIC
  if (custom) return ATOMIC
  if (path[0] === 'spec' && path.length === 1 && field === 'finalizers') return SET
  if (field === 'ports') return portsRule(path)
  return BUILT_IN[field] ?? ATOMIC
}

function portsRule(path: readonly string[]): ListRule {
  const parent = path.at(-1) ?? ''
  if (parent === 'spec' && path.length === 1) return SERVICE_PORTS
  return /containers$/i.test(parent) ? CONTAINER_PORTS : ATOMIC
}

/** Maps of built-in kinds that server-side apply treats as one value. */
const ATOMIC_MAPS = new Set([
  'involvedObject',
  'configMapKeyRef',
  'secretKeyRef',
  'fieldRef',
  'resourceFieldRef',
  'nodeSelector',
  'nodeSelectorTerm',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'required',
  'claimRef',
  'volumeClaimTemplate',
  'objectReference',
  'targetRef',
  'dataSource',
  'labelSelector',
  'secretRef',
  'roleRef',
])

export function isAtomicMap(custom: boolean, path: readonly string[], field: string): boolean {
  if (custom) return false
  if (field === 'selector' || field.endsWith('Selector')) return true
  return ATOMIC_MAPS.has(field) && path[0] !== 'metadata'
}
