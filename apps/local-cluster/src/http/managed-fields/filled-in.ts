import type { KubernetesObject } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../../registry.ts'
import { resourceIdOf } from '../../store/keys.ts'
import { difference, type FieldSet } from './field-set.ts'
import { fieldsOfValue, managedPart, rootOf } from './fields.ts'

/** Any item of a list. */
const ITEM = 'k:*'

const finalizer = (name: string): FieldSet => ({
  'f:metadata': { 'f:finalizers': { '.': {}, [`v:${JSON.stringify(name)}`]: {} } },
})

/**
 * What a server fills in behind the defaults (allocated addresses, protection finalizers,
 * admission), by resource id. Defaults belong to the writer; these belong to nobody, unless the
 * writer asked for them.
 */
const FILLED_IN: Record<string, FieldSet> = {
  namespaces: { 'f:spec': { '.': {}, 'f:finalizers': { '.': {}, 'v:"kubernetes"': {} } } },
  nodes: { 'f:spec': { 'f:taints': {} } },
  persistentvolumeclaims: {
    ...finalizer('kubernetes.io/pvc-protection'),
    'f:spec': { 'f:storageClassName': {} },
  },
  persistentvolumes: finalizer('kubernetes.io/pv-protection'),
  services: {
    'f:spec': {
      'f:clusterIP': {},
      'f:clusterIPs': { '.': {} },
      'f:ipFamilies': {},
      'f:ipFamilyPolicy': {},
      'f:healthCheckNodePort': {},
      'f:ports': { [ITEM]: { 'f:nodePort': {} } },
    },
  },
  pods: {
    'f:spec': {
      'f:serviceAccount': {},
      'f:serviceAccountName': {},
      'f:tolerations': {},
      'f:priority': {},
      'f:preemptionPolicy': {},
    },
  },
}

/** Replaces the wildcard by the items that are there. */
function expand(pattern: FieldSet, actual: FieldSet): FieldSet {
  const result: FieldSet = {}
  for (const [element, node] of Object.entries(pattern)) {
    if (element !== ITEM) {
      result[element] = expand(node, actual[element] ?? {})
      continue
    }
    for (const [item, child] of Object.entries(actual)) {
      if (item.startsWith('k:')) result[item] = expand(node, child)
    }
  }
  return result
}

/**
 * Looks at an object before the server fills it in; the function that it answers tells, of the
 * object then, which fields were filled in.
 */
export function watchFillingIn(
  definition: ResourceDefinition,
  object: KubernetesObject,
): () => FieldSet {
  const pattern = definition.custom ? undefined : FILLED_IN[resourceIdOf(definition)]
  if (pattern === undefined) return () => ({})
  const fields = (): FieldSet =>
    fieldsOfValue(managedPart(object, false), rootOf(definition), true)
  const asked = fields()
  return () => difference(expand(pattern, fields()), asked)
}
