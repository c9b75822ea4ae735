import type { ResourceDefinition } from '../registry.ts'
import type { JsonSchema } from './json-schema.ts'
import { structName } from './schemas.ts'

/** One violation; `refusals.ts` puts it into the words of who found it. */
export interface SchemaProblem {
  kind: 'type' | 'required' | 'enum' | 'quantity' | 'format'
  /** `spec.template.spec.volumes[0].name` */
  field: string
  /** The type, format or list of values that the schema asks for. */
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
  /** CRD schemas list required fields; built-in kinds check theirs in code. */
  enforceRequired: boolean
  /** Built-in kinds lose nulls when Go decodes and encodes them; custom resources keep them. */
  dropNulls: boolean
}

type Checker = (value: unknown, walk: Walk, goStruct: string) => void

const checkers = new WeakMap<JsonSchema, Checker>()

/**
 * Checks an object against its kind's structural schema in one walk and removes unknown fields
 * from it. Objects of schemaless kinds pass untouched. A schema is turned into nested functions
 * once, so that a create costs microseconds.
 */
export function checkSchema(definition: ResourceDefinition, object: object): SchemaCheck {
  const walk: Walk = {
    unknownFields: [],
    problems: [],
    path: [],
    enforceRequired: definition.custom,
    dropNulls: !definition.custom,
  }
  if (definition.schema) checkerOf(definition.schema)(object, walk, definition.kind)
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
  if (schema['x-kubernetes-int-or-string']) return intOrStringChecker(schema)
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

function objectChecker(schema: JsonSchema): Checker {
  const properties = new Map(
    Object.entries(schema.properties ?? {}).map(([name, child]) => [name, checkerOf(child)]),
  )
  const required = schema.required ?? []
  const ownStruct = structName(schema)
  const values =
    typeof schema.additionalProperties === 'object'
      ? checkerOf(schema.additionalProperties)
      : undefined
  const keepsUnknown =
    schema['x-kubernetes-preserve-unknown-fields'] === true ||
    schema.additionalProperties === true
  return (value, walk, goStruct) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      report(walk, { schema, value, goStruct })
      return
    }
    const object = value as Record<string, unknown>
    const struct = ownStruct || goStruct
    for (const name in object) {
      const child = properties.get(name) ?? values
      if (!child) {
        if (keepsUnknown) continue
        walk.unknownFields.push(fieldPath([...walk.path, name]))
        delete object[name]
        continue
      }
      const childValue = object[name]
      if (childValue === null || childValue === undefined) {
        if (walk.dropNulls && !TIME_FIELD.test(name)) delete object[name]
        continue
      }
      walk.path.push(properties.has(name) ? name : { key: name })
      child(childValue, walk, struct)
      walk.path.pop()
    }
    if (!walk.enforceRequired) return
    for (const name of required) {
      if (name in object) continue
      walk.problems.push({
        kind: 'required',
        field: fieldPath([...walk.path, name]),
        expected: '',
        actual: '',
        goField: '',
        goStruct: struct,
        goType: '',
      })
    }
  }
}

/** Times without `omitempty` in Go stay as nulls on the wire. */
const TIME_FIELD = /Time(?:stamp)?$/

function arrayChecker(schema: JsonSchema): Checker {
  const items = schema.items ? checkerOf(schema.items) : undefined
  return (value, walk, goStruct) => {
    if (!Array.isArray(value)) {
      report(walk, { schema, value, goStruct })
      return
    }
    if (!items) return
    for (let index = 0; index < value.length; index++) {
      walk.path.push(index)
      items(value[index], walk, goStruct)
      walk.path.pop()
    }
  }
}

function scalarChecker(schema: JsonSchema): Checker {
  const { type, format } = schema
  const allowed = schema.enum && new Set(schema.enum)
  return (value, walk, goStruct) => {
    const fits =
      type === 'integer'
        ? Number.isInteger(value)
        : type === 'number'
          ? typeof value === 'number'
          : typeof value === type
    if (!fits) report(walk, { schema, value, goStruct })
    else if (format === 'date-time' && Number.isNaN(Date.parse(value as string))) {
      report(walk, { schema, value, goStruct, kind: 'format', expected: 'date-time' })
    } else if (allowed && value !== '' && !allowed.has(value)) {
      const expected = [...allowed].map((entry) => JSON.stringify(entry)).join(', ')
      report(walk, { schema, value, goStruct, kind: 'enum', expected })
    }
  }
}

const QUANTITY_SYNTAX = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/

function intOrStringChecker(schema: JsonSchema): Checker {
  const quantity = schema.format === 'quantity'
  return (value, walk, goStruct) => {
    if (typeof value === 'string') {
      if (quantity && !QUANTITY_SYNTAX.test(value)) {
        report(walk, { schema, value, goStruct, kind: 'quantity' })
      }
    } else if (quantity ? typeof value !== 'number' : !Number.isInteger(value)) {
      report(walk, { schema, value, goStruct })
    }
  }
}

interface Finding {
  schema: JsonSchema
  value: unknown
  goStruct: string
  kind?: SchemaProblem['kind']
  expected?: string
}

function report(walk: Walk, finding: Finding): void {
  const { schema, value, goStruct, kind = 'type' } = finding
  walk.problems.push({
    kind,
    field: fieldPath(walk.path),
    expected: finding.expected ?? schema.type ?? 'string',
    actual: kind === 'type' ? typeOf(value) : String(value),
    goField: walk.path.filter((step) => typeof step === 'string').join('.'),
    goStruct,
    goType: goType(schema),
  })
}

/** JSON type names as the OpenAPI validator of Kubernetes prints them. */
function typeOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value
}

function goType(schema: JsonSchema): string {
  switch (schema.type) {
    case 'boolean':
      return 'bool'
    case 'integer':
      return 'int32'
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
      return 'string'
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
