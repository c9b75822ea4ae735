import type { ResourceDefinition } from '../registry.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import type { JsonSchema } from './json-schema.ts'
import {
  collectionOperations,
  objectOperations,
  type Operations,
  reviewOperations,
  subresourceOperations,
  withPathParameters,
} from './operations.ts'
import { NAMED_SCALARS, publishedSchema } from './published.ts'
import { COMPONENTS, REF, refTo } from './schemas.ts'

export interface ServedKind {
  definition: ResourceDefinition
  version: string
}

/** A review endpoint and the like: create only, nothing stored. */
export interface VirtualResource {
  group: string
  version: string
  resource: string
  kind: string
  namespaced: boolean
}

/** What one group and version answers. */
export interface Served {
  kinds: ServedKind[]
  subresources: SubresourceHandler[]
  virtual: VirtualResource[]
}

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'
/** Every document has these, for requests and answers of all kinds. */
const COMMON = ['DeleteOptions', 'ListMeta', 'ObjectMeta', 'Patch', 'Status']

/** The OpenAPI v3 document of one group and version: paths of its kinds, and their schemas. */
export function buildDocument(path: string, served: Served): object {
  const schemas: Record<string, JsonSchema> = {}
  const paths: Record<string, Operations> = {}
  for (const kind of served.kinds) {
    Object.assign(schemas, kindSchemas(kind))
    Object.assign(paths, kindPaths(`/${path}`, kind))
  }
  for (const resource of served.virtual) {
    const component = virtualComponent(resource)
    const { group, version, kind, namespaced } = resource
    const gvk = { 'x-kubernetes-group-version-kind': [{ group, version, kind }] }
    schemas[component] = { ...publishedSchema(component, COMPONENTS[component] ?? {}), ...gvk }
    const scope = namespaced ? '/namespaces/{namespace}' : ''
    paths[`/${path}${scope}/${resource.resource}`] = reviewOperations(resource, component)
  }
  for (const handler of served.subresources) {
    const operations = subresourceOperations(handler, path.split('/').at(-1) ?? '')
    const at = subresourcePath(`/${path}`, handler)
    paths[at] = { ...paths[at], ...operations }
  }
  addReferenced(
    schemas,
    COMMON.map((name) => `${META}.${name}`),
  )
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'v1.32.0' },
    paths: Object.fromEntries(
      Object.entries(paths).map(([at, item]) => [at, withPathParameters(at, item)]),
    ),
    components: { schemas: sorted(schemas) },
  }
}

/** `io.k8s.api.authorization.v1.SubjectAccessReview` of `authorization.k8s.io`. */
function virtualComponent({ group, version, kind }: VirtualResource): string {
  return `io.k8s.api.${group.split('.')[0]}.${version}.${kind}`
}

function subresourcePath(prefix: string, handler: SubresourceHandler): string {
  const { scope, namespaced, resource, subresource } = handler
  const namespace =
    scope === 'namespace' || (scope === 'object' && namespaced) ? '/namespaces/{namespace}' : ''
  const object = scope === 'object' ? '/{name}' : ''
  const below = subresource === undefined ? '' : `/${subresource}`
  return `${prefix}${namespace}/${resource}${object}${below}`
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
  const schema = publishedSchema(
    name,
    (generated && COMPONENTS[generated]) || inlined(definition.schema),
  )
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

function kindPaths(prefix: string, kind: ServedKind): Record<string, Operations> {
  const { resource, namespaced, hasStatus } = kind.definition
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
    const known = COMPONENTS[name]
    const schema = NAMED_SCALARS[name] ?? (known && publishedSchema(name, known))
    if (schemas[name] || !schema) continue
    schemas[name] = schema
    JSON.stringify(schema, collect)
  }
}

function sorted(schemas: Record<string, JsonSchema>): Record<string, JsonSchema> {
  return Object.fromEntries(Object.entries(schemas).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
