import type { ResourceDefinition } from '../registry.ts'
import type { JsonSchema } from './json-schema.ts'
import { structName } from './schemas.ts'
import { valueProblems, type ProblemKind } from './value-checks.ts'

/** One violation; `refusals.ts` puts it into the words of who found it. */
export interface SchemaProblem {
  kind: ProblemKind
  /** `spec.template.spec.volumes[0].name` */
  field: string
  /** What the schema asks for: a type, a format, a list of values, a bound. */
  expected: string
  /** The type of the value found (`type`) or the value itself. */
  actual: string
  /** The field, its struct and its type as Go names them: built-in kinds are decoded by Go. */
  goField: string
  goStruct: string
  goType: string
}

export interface SchemaCheck {
  /** Paths of fields the schema does not know (`spec.bogus`), removed from the object. */
  unknownFields: string[]
  problems: SchemaProblem[]
}

/** A field, an index, or the key of a map: Go's errors leave out the last two. */
type Step = string | number | { key: string }

interface Walk extends SchemaCheck {
  path: Step[]
  /**
   * CRD schemas list required fields and defaults, and refuse nulls; built-in kinds check theirs in
   * code, and lose nulls when Go decodes and encodes them.
   */
  custom: boolean
}

type Checker = (value: unknown, walk: Walk, goStruct: string) => void

const checkers = new WeakMap<JsonSchema, Checker>()

/**
 * Checks an object against its kind's structural schema in one walk, fills in the schema's defaults
 * and removes unknown fields from it. Objects of schemaless kinds pass untouched. A schema is turned
 * into nested functions once, so that a create costs microseconds.
 */
export function checkSchema(definition: ResourceDefinition, object: object): SchemaCheck {
  const { custom, kind, schema } = definition
  const walk: Walk = { unknownFields: [], problems: [], path: [], custom }
  if (schema) checkerOf(schema)(object, walk, kind)
  return { unknownFields: walk.unknownFields, problems: walk.problems }
}

function checkerOf(schema: JsonSchema): Checker {
  let checker = checkers.get(schema)
  if (!checker) {
    // A schema that contains itself finds this stand-in, which looks the real one up later.
    checkers.set(schema, (value, walk, goStruct) =>
      (checkers.get(schema) as Checker)(value, walk, goStruct),
    )
    checker = makeChecker(schema)
    checkers.set(schema, checker)
  }
  return checker
}

function makeChecker(schema: JsonSchema): Checker {
  if (schema['x-kubernetes-int-or-string']) return scalarChecker(schema)
  switch (schema.type) {
    case 'object':
      return objectChecker(schema)
    case 'array':
      return arrayChecker(schema)
    case undefined:
      return () => {}
    default:
      return scalarChecker(schema)
  }
}

interface Property {
  check: Checker
  nullable: boolean
}

function objectChecker(schema: JsonSchema): Checker {
  const ownStruct = structName(schema)
  const propertyOf = (child: JsonSchema, name: string): Property => ({
    check: checkerOf(child),
    // Embedded metadata comes from Go with a null creation time, conditions with null times.
    nullable: child.nullable === true || ownStruct === 'ObjectMeta' || TIME_FIELD.test(name),
  })
  const properties = new Map(
    Object.entries(schema.properties ?? {}).map(([name, child]) => [
      name,
      propertyOf(child, name),
    ]),
  )
  const defaults = Object.entries(schema.properties ?? {}).filter(
    ([, child]) => child.default !== undefined,
  )
  const required = schema.required ?? []
  const values =
    typeof schema.additionalProperties === 'object'
      ? propertyOf(schema.additionalProperties, '')
      : undefined
  const keepsUnknown =
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true
  return (value, walk, goStruct) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      reportType(walk, { schema, value, goStruct })
      return
    }
    const object = value as Record<string, unknown>
    const struct = ownStruct || goStruct
    if (walk.custom) {
      for (const [name, child] of defaults) {
        if (object[name] === undefined || object[name] === null) {
          object[name] = structuredClone(child.default)
        }
      }
    }
    for (const name in object) {
      const property = properties.get(name) ?? values
      if (!property) {
        if (keepsUnknown) continue
        walk.unknownFields.push(fieldPath([...walk.path, name]))
        delete object[name]
        continue
      }
      const child = object[name]
      if (child === undefined) continue
      if (child === null && (!walk.custom || property.nullable)) {
        if (!walk.custom && !TIME_FIELD.test(name)) delete object[name]
        continue
      }
      walk.path.push(properties.has(name) ? name : { key: name })
      property.check(child, walk, struct)
      walk.path.pop()
    }
    if (!walk.custom) return
    for (const name of required) {
      if (name in object) continue
      walk.path.push(name)
      report(walk, { kind: 'required', goStruct: struct })
      walk.path.pop()
    }
  }
}

/** Times without `omitempty` in Go stay as nulls on the wire. */
const TIME_FIELD = /Time(?:stamp)?$/

function arrayChecker(schema: JsonSchema): Checker {
  const items = schema.items ? checkerOf(schema.items) : undefined
  return (value, walk, goStruct) => {
    if (!Array.isArray(value)) {
      reportType(walk, { schema, value, goStruct })
      return
    }
    if (walk.custom) {
      for (const problem of valueProblems(schema, value)) report(walk, { ...problem, goStruct })
      reportDuplicates(schema, value, walk)
    }
    if (!items) return
    for (let index = 0; index < value.length; index++) {
      walk.path.push(index)
      items(value[index], walk, goStruct)
      walk.path.pop()
    }
  }
}

/** Items of maps are told apart by their keys, items of sets by their value. */
function reportDuplicates(schema: JsonSchema, list: unknown[], walk: Walk): void {
  const type = schema['x-kubernetes-list-type']
  if (type !== 'map' && type !== 'set') return
  const keys = schema['x-kubernetes-list-map-keys'] ?? []
  const seen = new Set<string>()
  for (const [index, item] of list.entries()) {
    const shown = type === 'set' ? JSON.stringify(item) : keyText(item, keys)
    if (seen.has(shown)) {
      walk.path.push(index)
      report(walk, { kind: 'duplicate', actual: shown, goStruct: '' })
      walk.path.pop()
    }
    seen.add(shown)
  }
}

/** As Go prints the keys of an item: `map[string]interface {}{"type":"Ready"}`. */
function keyText(item: unknown, keys: string[]): string {
  const object = (typeof item === 'object' && item !== null ? item : {}) as Record<
    string,
    unknown
  >
  const pairs = keys.toSorted().map((key) => `"${key}":${JSON.stringify(object[key] ?? null)}`)
  return `map[string]interface {}{${pairs.join(', ')}}`
}

function scalarChecker(schema: JsonSchema): Checker {
  return (value, walk, goStruct) => {
    for (const problem of valueProblems(schema, value)) {
      if (problem.kind === 'type') reportType(walk, { schema, value, goStruct })
      else report(walk, { ...problem, goStruct, goType: goType(schema) })
    }
  }
}

function reportType(
  walk: Walk,
  { schema, value, goStruct }: { schema: JsonSchema; value: unknown; goStruct: string },
): void {
  const expected = schema.type ?? (schema['x-kubernetes-int-or-string'] ? 'integer' : 'string')
  report(walk, {
    kind: 'type',
    expected,
    actual: walk.custom ? typeOf(value) : goJsonType(value),
    goStruct,
    goType: goType(schema),
  })
}

interface Finding {
  kind: ProblemKind
  goStruct: string
  expected?: string
  actual?: string
  goType?: string
}

function report(walk: Walk, finding: Finding): void {
  const { kind, goStruct, expected = '', actual = '', goType: type = '' } = finding
  walk.problems.push({
    kind,
    field: fieldPath(walk.path),
    expected,
    actual,
    goField: walk.path.filter((step) => typeof step === 'string').join('.'),
    goStruct,
    goType: type,
  })
}

/** JSON type names as the OpenAPI validator of Kubernetes prints them. */
function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

/** JSON type names as Go's decoder prints them; a number that does not fit comes with its digits. */
function goJsonType(value: unknown): string {
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') {
    return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? 'number' : `number ${value}`
  }
  return typeOf(value)
}

function goType(schema: JsonSchema): string {
  switch (schema.type) {
    case 'boolean':
      return 'bool'
    case 'integer':
      return schema.format === 'int64' ? 'int64' : 'int32'
    case 'number':
      return 'float64'
    case 'array':
      return `[]${schema.items ? goType(schema.items) : 'interface {}'}`
    case 'object': {
      const name = structName(schema)
      if (name) return `v1.${name}`
      const { additionalProperties } = schema
      const values =
        typeof additionalProperties === 'object' ? goType(additionalProperties) : 'string'
      return `map[string]${values}`
    }
    default:
      return schema.format === 'byte' ? '[]uint8' : 'string'
  }
}

function fieldPath(path: Step[]): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else {
      const name = typeof step === 'string' ? step : step.key
      text += text === '' ? name : `.${name}`
    }
  }
  return text
}
