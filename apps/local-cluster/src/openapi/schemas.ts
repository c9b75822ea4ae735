import { generateSchemas, type Components } from './generate.ts'
import type { JsonSchema } from './json-schema.ts'

const PATCH = 'io.k8s.apimachinery.pkg.apis.meta.v1.Patch'
const generated = await generateSchemas()

/** Changes with the published types and the generator. */
export const SCHEMAS_STAMP = generated.stamp

/** Every generated OpenAPI component, as published: with `$ref`s and descriptions. */
export const COMPONENTS: Components = {
  ...generated.components,
  [PATCH]: {
    type: 'object',
    description:
      'Patch is provided to give a concrete name and type to the Kubernetes PATCH request body.',
  },
}

export const REF = '#/components/schemas/'
const resolvedComponents = new Map<string, JsonSchema>()
const componentNames = new WeakMap<JsonSchema, string>()

/**
 * A component with all its `$ref`s replaced by what they point at. Components that contain
 * themselves (JSONSchemaProps) make a cyclic graph: walk it along an object, never by itself.
 */
export function schemaOf(component: string): JsonSchema {
  const known = resolvedComponents.get(component)
  if (known) return known
  const source = COMPONENTS[component]
  if (!source) throw new Error(`there is no schema for ${component}`)
  const resolved: JsonSchema = {}
  resolvedComponents.set(component, resolved)
  componentNames.set(resolved, component)
  return Object.assign(resolved, resolveRefs(source))
}

/** A schema written by hand may refer to generated components too. */
export function resolveRefs(schema: JsonSchema): JsonSchema {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref
  if (ref) return schemaOf(ref.slice(REF.length))
  const resolved = { ...schema }
  if (schema.items) resolved.items = resolveRefs(schema.items)
  if (typeof schema.additionalProperties === 'object') {
    resolved.additionalProperties = resolveRefs(schema.additionalProperties)
  }
  if (schema.properties) {
    resolved.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, property]) => [
        name,
        resolveRefs(property),
      ]),
    )
  }
  return resolved
}

/** `PodSpec` of `io.k8s.api.core.v1.PodSpec`: the Go type that error messages name. */
export function structName(schema: JsonSchema): string {
  return componentNames.get(schema)?.split('.').at(-1) ?? ''
}

export function refTo(component: string): JsonSchema {
  return { $ref: `${REF}${component}` }
}
