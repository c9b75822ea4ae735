import type { ResourceDefinition } from '../registry.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import type { JsonSchema } from './json-schema.ts'
import { collectionOperations, objectOperations, type Operations } from './operations.ts'
import { COMPONENTS, REF, refTo } from './schemas.ts'

export interface ServedKind {
  definition: ResourceDefinition
  version: string
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'
/** Every document has these, for requests and answers of all kinds. */
const COMMON = ['DeleteOptions', 'ListMeta', 'ObjectMeta', 'Patch', 'Status']

/** The OpenAPI v3 document of one group and version: paths of its kinds, and their schemas. */
export function buildDocument(
  path: string,
  served: ServedKind[],
  subresources: SubresourceHandler[],
): object {
  const schemas: Record<string, JsonSchema> = {}
  const paths: Record<string, Operations> = {}
  for (const kind of served) {
    Object.assign(schemas, kindSchemas(kind))
    Object.assign(paths, kindPaths(`/${path}`, kind, subresources))
  }
  addReferenced(
    schemas,
    COMMON.map((name) => `${META}.${name}`),
  )
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.0' },
    paths,
    components: { schemas: sorted(schemas) },
  }
}

/** `io.kubevirt.v1.VirtualMachine`; a second version of a kind gets a component of its own. */
export function componentOf({ definition, version }: ServedKind): string {
  const { component, group, kind, versions } = definition
  if (component && version === versions[0]) return component
  return `${group.split('.').toReversed().join('.')}.${version}.${kind}`
}

function kindSchemas(kind: ServedKind): Record<string, JsonSchema> {
  const { definition, version } = kind
  const { group, listKind, component: generated } = definition
  const name = componentOf(kind)
  const gvk = (kindName: string) => ({
    'x-kubernetes-group-version-kind': [{ group, version, kind: kindName }],
  })
  const schema = (generated && COMPONENTS[generated]) || inlined(definition.schema)
  return {
    [name]: { ...schema, ...gvk(definition.kind) },
    [`${name}List`]: {
      type: 'object',
      description: `${listKind} is a list of ${definition.kind}`,
      required: ['items'],
      properties: {
        apiVersion: { type: 'string' },
        items: { type: 'array', items: refTo(name) },
        kind: { type: 'string' },
        metadata: refTo(`${META}.ListMeta`),
      },
      ...gvk(listKind),
    },
  }
}

/** Schemas written by hand hold their metadata resolved; the document refers to it. */
function inlined(schema: JsonSchema | undefined): JsonSchema {
  if (!schema) return { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }
  return {
    ...schema,
    properties: { ...schema.properties, metadata: { allOf: [refTo(`${META}.ObjectMeta`)] } },
  }
}

function kindPaths(
  prefix: string,
  kind: ServedKind,
  subresources: SubresourceHandler[],
): Record<string, Operations> {
  const { definition, version } = kind
  const { group, resource, namespaced, hasStatus } = definition
  const collection = namespaced
    ? `${prefix}/namespaces/{namespace}/${resource}`
    : `${prefix}/${resource}`
  const operation = { kind, component: componentOf(kind) }
  const paths: Record<string, Operations> = {
    [collection]: collectionOperations(operation),
    [`${collection}/{name}`]: objectOperations(operation),
  }
  if (namespaced) {
    const { get } = collectionOperations({ ...operation, allNamespaces: true })
    paths[`${prefix}/${resource}`] = get ? { get } : {}
  }
  if (hasStatus) {
    const { delete: _, ...status } = objectOperations({ ...operation, subresource: 'status' })
    paths[`${collection}/{name}/status`] = status
  }
  for (const handler of subresources) {
    const same = handler.group === group && handler.resource === resource
    if (!same || !handler.subresource || !handler.versions.includes(version)) continue
    // Listed, but without operations: nobody reads more of them than that they exist.
    paths[`${collection}/{name}/${handler.subresource}`] = {}
  }
  return paths
}

function addReferenced(schemas: Record<string, JsonSchema>, roots: string[]): void {
  const open = [...roots]
  const collect = (_key: string, value: unknown): unknown => {
    if (typeof value === 'string' && value.startsWith(REF)) open.push(value.slice(REF.length))
    return value
  }
  JSON.stringify(schemas, collect)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const schema = COMPONENTS[name]
    if (schemas[name] || !schema) continue
    schemas[name] = schema
    JSON.stringify(schema, collect)
  }
}

function sorted(schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
