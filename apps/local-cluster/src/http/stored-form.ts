import type { KubernetesObject, ObjectMeta } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import { resourceIdOf, type StoreKey } from '../store/keys.ts'
import { apiVersionOf } from './resource-index.ts'

/*
 * Objects are stored as JSON text without `kind` and `apiVersion`: built-in kinds have neither in
 * lists, custom resources have both everywhere, and every served version has its own apiVersion.
 * So answering needs a prefix, no parsing.
 */

const prefixes = new WeakMap<ResourceDefinition, Map<string, string>>()

/** What stands before the stored text in an answer of this version. */
export function typePrefix(definition: ResourceDefinition, version: string): string {
  let known = prefixes.get(definition)
  if (known === undefined) prefixes.set(definition, (known = new Map()))
  let prefix = known.get(version)
  if (prefix === undefined) {
    const apiVersion = apiVersionOf(definition, version)
    const type = definition.custom
      ? { apiVersion, kind: definition.kind }
      : { kind: definition.kind, apiVersion }
    prefix = `${JSON.stringify(type).slice(0, -1)},`
    known.set(version, prefix)
  }
  return prefix
}

/** The stored text as an object of this version, for a single object or a watch event. */
export function objectText(
  definition: ResourceDefinition,
  version: string,
  json: string,
): string {
  const own = definition.storedAs === undefined ? json : convertText(definition, json)
  return typePrefix(definition, version) + own.slice(1)
}

/** The stored text as an item of a list. */
export function itemText(
  definition: ResourceDefinition,
  version: string,
  json: string,
): string {
  if (definition.custom) return objectText(definition, version, json)
  return definition.storedAs === undefined ? json : convertText(definition, json)
}

function convertText(definition: ResourceDefinition, json: string): string {
  const { apiVersion: _, kind: __, ...rest } = fromStored(definition, json)
  return JSON.stringify(rest)
}

/** Parses stored text; the object has its kind and storage version. */
export function fromStored(definition: ResourceDefinition, json: string): KubernetesObject {
  const object = {
    apiVersion: apiVersionOf(definition),
    kind: definition.kind,
    ...(JSON.parse(json) as KubernetesObject),
  }
  return definition.storedAs === undefined ? object : definition.storedAs.fromStored(object)
}

const META_ORDER = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
] as const satisfies (keyof ObjectMeta)[]

/** Metadata in the usual order and without fields the server does not keep or that are empty. */
function orderedMeta(metadata: ObjectMeta): ObjectMeta {
  const ordered: Record<string, unknown> = {}
  for (const key of META_ORDER) {
    const value = metadata[key]
    if (value === undefined || value === null || value === '') continue
    if (typeof value === 'object' && Object.keys(value).length === 0) continue
    ordered[key] = value
  }
  return ordered
}

/** The text to store, with this resource version (none: a dry run of a create). */
export function toStored(
  definition: ResourceDefinition,
  object: KubernetesObject,
  version?: number,
): string {
  const stored =
    definition.storedAs === undefined ? object : definition.storedAs.toStored(object)
  const { apiVersion: _, kind: __, metadata = {}, ...rest } = stored
  const versioned: ObjectMeta =
    version === undefined ? metadata : { ...metadata, resourceVersion: String(version) }
  return JSON.stringify({ metadata: orderedMeta(versioned), ...rest })
}

/** Under which resource id the definition's objects are stored. */
export function storedResource(definition: ResourceDefinition): string {
  return definition.storedAs?.resource ?? resourceIdOf(definition)
}

export function storeKeyOf(
  definition: ResourceDefinition,
  namespace: string | undefined,
  name: string,
): StoreKey {
  return {
    resource: storedResource(definition),
    namespace: definition.namespaced ? (namespace ?? '') : '',
    name,
  }
}
