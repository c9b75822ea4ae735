import type { JsonSchema } from '../openapi/json-schema.ts'
import { schemaOf } from '../openapi/schemas.ts'

const TYPE_META: Record<string, JsonSchema> = {
  apiVersion: {
    type: 'string',
    description:
      'APIVersion defines the versioned schema of this representation of an object. Servers should convert recognized schemas to the latest internal value, and may reject unrecognized values. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#resources',
  },
  kind: {
    type: 'string',
    description:
      'Kind is a string value representing the REST resource this object represents. Servers may infer this from the endpoint the client submits requests to. Cannot be updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#types-kinds',
  },
}

/** The schema of a kind without a published type: its spec and status beside the usual fields. */
export function withMetadata(parts: {
  description: string
  spec?: JsonSchema
  status?: JsonSchema
  /** Fields beside `spec` and `status`, of kinds that have them there. */
  properties?: Record<string, JsonSchema>
  required?: string[]
}): JsonSchema {
  const { description, spec, status, properties, required } = parts
  return {
    type: 'object',
    description,
    ...(required && { required }),
    properties: {
      ...TYPE_META,
      metadata: schemaOf('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'),
      ...properties,
      ...(spec && { spec }),
      ...(status && { status }),
    },
  }
}

export function fields(properties: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', properties }
}

/** Somebody else's structure, passed on as it is. */
export const ANYTHING: JsonSchema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
}
