import type { JSONSchema } from '../yaml-language.ts'

/** A schema as Kubernetes' OpenAPI v3 writes it. */
export interface OpenApiSchema extends Omit<JSONSchema, 'properties' | 'items' | 'allOf'> {
  properties?: Record<string, OpenApiSchema>
  items?: OpenApiSchema
  allOf?: OpenApiSchema[]
  nullable?: boolean
  'x-kubernetes-int-or-string'?: boolean
  'x-kubernetes-preserve-unknown-fields'?: boolean
  'x-kubernetes-embedded-resource'?: boolean
  'x-kubernetes-group-version-kind'?: GroupVersionKind[]
}

export interface GroupVersionKind {
  group: string
  version: string
  kind: string
}

/** `/openapi/v3/apis/<group>/<version>`: everything that a group and version serve. */
export interface OpenApiDocument {
  components?: { schemas?: Record<string, OpenApiSchema> }
}

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity'

/** The definitions of a document as JSON schemas that a YAML editor can work with. */
export function definitionsOf({ components }: OpenApiDocument): Record<string, JSONSchema> {
  const schemas = Object.entries(components?.schemas ?? {})
  return Object.fromEntries(
    schemas.map(([name, schema]) => [
      name,
      // `cpu: 2` is a quantity too, whatever its type says.
      name === QUANTITY
        ? { ...textOf(schema), type: ['string', 'number'] }
        : jsonSchema(schema),
    ]),
  )
}

const textOf = ({ description }: OpenApiSchema): JSONSchema =>
  description === undefined ? {} : { description }

/** The rules of Kubernetes on top of a schema: unknown fields, ports by name, and so on. */
function jsonSchema(schema: OpenApiSchema): JSONSchema {
  const { $ref, properties, items, allOf, additionalProperties, type } = schema
  if ($ref !== undefined)
    return { $ref: $ref.replace('#/components/schemas/', '#/definitions/') }
  if (schema['x-kubernetes-int-or-string']) {
    return { ...textOf(schema), type: ['integer', 'string'] }
  }
  const {
    nullable: _nullable,
    default: _default,
    'x-kubernetes-group-version-kind': _kinds,
    ...rest
  } = schema
  return {
    ...(rest as JSONSchema),
    ...(type !== undefined && mayBeNull(schema) && { type: [type, 'null'].flat() }),
    ...(properties && { properties: mapValues(properties, jsonSchema) }),
    ...(items && { items: jsonSchema(items) }),
    ...(allOf && { allOf: allOf.map(jsonSchema) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: jsonSchema(additionalProperties as OpenApiSchema),
    }),
    ...(isClosed(schema) && { additionalProperties: false }),
  }
}

/** Kubernetes' clients write null for times that are not known yet: `creationTimestamp: null`. */
const mayBeNull = ({ nullable, format }: OpenApiSchema): boolean =>
  nullable === true || format === 'date-time'

/** An object that has fields and takes no others: a typing error is one it does not have. */
const isClosed = (schema: OpenApiSchema): boolean =>
  schema.properties !== undefined &&
  schema.additionalProperties === undefined &&
  !schema['x-kubernetes-preserve-unknown-fields'] &&
  !schema['x-kubernetes-embedded-resource']

const mapValues = <A, B>(object: Record<string, A>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))

/** `v1`, `kubevirt.io/v1`. */
export const apiVersionOf = ({ group, version }: Omit<GroupVersionKind, 'kind'>): string =>
  group === '' ? version : `${group}/${version}`

interface NamedKind {
  name: string
  kind: GroupVersionKind
}

/** The definitions that are kinds of objects, not parts of them or lists. */
export const kindsOf = ({ components }: OpenApiDocument): NamedKind[] =>
  Object.entries(components?.schemas ?? {}).flatMap(([name, schema]) => {
    const kinds = schema['x-kubernetes-group-version-kind'] ?? []
    // DeleteOptions and its like belong to every group: they are no objects to write.
    const [kind] = kinds
    return kinds.length === 1 && kind && schema.properties?.['metadata'] ? { name, kind } : []
  })
