import type { JsonSchema } from './json-schema.ts'
import { refTo } from './schemas.ts'

const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity'
const INT_OR_STRING = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString'

/** Scalars that have a name in documents of built-in kinds; inside they are checked as they are. */
export const NAMED_SCALARS: Record<string, object> = {
  [QUANTITY]: {
    description:
      'Quantity is a fixed-point representation of a number, such as 1500m, 2Gi or 1e3.',
    oneOf: [{ type: 'string' }, { type: 'number' }],
  },
  [INT_OR_STRING]: {
    description:
      'IntOrString is a type that can hold an int32 or a string, for example a port or its name.',
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
}

/** A component of a built-in kind as a document shows it: `<Quantity>` instead of `<string>`. */
export function publishedSchema(component: string, schema: JsonSchema): JsonSchema {
  return component.startsWith('io.k8s.') ? withNamedScalars(schema) : schema
}

function withNamedScalars(schema: JsonSchema): JsonSchema {
  if (schema['x-kubernetes-int-or-string']) {
    const name = schema.format === 'quantity' ? QUANTITY : INT_OR_STRING
    const { description } = schema
    return description ? { description, allOf: [refTo(name)] } : refTo(name)
  }
  const { properties, items, additionalProperties } = schema
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, child]) => [name, withNamedScalars(child)]),
      ),
    }),
    ...(items && { items: withNamedScalars(items) }),
    ...(typeof additionalProperties === 'object' && {
      additionalProperties: withNamedScalars(additionalProperties),
    }),
  }
}
