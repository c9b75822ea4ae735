import type { JsonSchema } from './json-schema.ts'

export type ProblemKind =
  | 'type'
  | 'required'
  | 'enum'
  | 'quantity'
  | 'format'
  | 'base64'
  | 'minimum'
  | 'maximum'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'pattern'
  | 'duplicate'

export interface ValueProblem {
  kind: ProblemKind
  expected?: string
  actual?: string
}

const QUANTITY_SYNTAX = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i
const INT_32 = 2 ** 31

/** What is wrong with one value (of lists: with their length), apart from where it stands. */
export function valueProblems(schema: JsonSchema, value: unknown): ValueProblem[] {
  if (schema['x-kubernetes-int-or-string']) return intOrStringProblems(schema, value)
  if (schema.type === 'array') return lengthProblems(schema, value as unknown[], 'Items')
  if (!fitsType(schema, value)) return [{ kind: 'type' }]
  const problems: ValueProblem[] = []
  const { format } = schema
  if (typeof value === 'string') {
    if (format === 'date-time' && !isTime(value)) {
      problems.push({ kind: 'format', expected: 'date-time', actual: value })
    }
    if (format === 'byte') {
      const at = illegalBase64At(value)
      if (at !== undefined) problems.push({ kind: 'base64', actual: String(at) })
    }
    if (schema.pattern !== undefined && !patternOf(schema.pattern).test(value)) {
      problems.push({ kind: 'pattern', expected: schema.pattern, actual: value })
    }
    problems.push(...lengthProblems(schema, Array.from(value), 'Length', value))
  }
  if (typeof value === 'number') problems.push(...boundProblems(schema, value))
  // Enumerations of built-in kinds are checked after defaulting, which fills empty ones.
  if (schema.enum && value !== '' && !schema.enum.includes(value)) {
    const expected = schema.enum.map((entry) => JSON.stringify(entry)).join(', ')
    problems.push({ kind: 'enum', expected, actual: String(value) })
  }
  return problems
}

function fitsType({ type, format }: JsonSchema, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return (
        Number.isInteger(value) && (format !== 'int32' || Math.abs(value as number) < INT_32)
      )
    case 'number':
      return typeof value === 'number'
    default:
      return typeof value === type
  }
}

function isTime(value: string): boolean {
  return RFC_3339.test(value) && !Number.isNaN(Date.parse(value))
}

function intOrStringProblems({ format }: JsonSchema, value: unknown): ValueProblem[] {
  const quantity = format === 'quantity'
  if (typeof value === 'string') {
    return quantity && !QUANTITY_SYNTAX.test(value) ? [{ kind: 'quantity', actual: value }] : []
  }
  const fits = quantity ? typeof value === 'number' : Number.isInteger(value)
  return fits ? [] : [{ kind: 'type' }]
}

function boundProblems({ minimum, maximum }: JsonSchema, value: number): ValueProblem[] {
  const actual = String(value)
  if (minimum !== undefined && value < minimum) {
    return [{ kind: 'minimum', expected: String(minimum), actual }]
  }
  if (maximum !== undefined && value > maximum) {
    return [{ kind: 'maximum', expected: String(maximum), actual }]
  }
  return []
}

function lengthProblems(
  schema: JsonSchema,
  { length }: unknown[],
  of: 'Items' | 'Length',
  actual = String(length),
): ValueProblem[] {
  const [least, most] = [schema[`min${of}`], schema[`max${of}`]]
  if (least !== undefined && length < least) {
    return [{ kind: `min${of}`, expected: String(least), actual }]
  }
  if (most !== undefined && length > most) {
    return [{ kind: `max${of}`, expected: String(most), actual }]
  }
  return []
}

const patterns = new Map<string, RegExp>()

function patternOf(source: string): RegExp {
  let pattern = patterns.get(source)
  if (!pattern) patterns.set(source, (pattern = new RegExp(source)))
  return pattern
}

/** Where Go's decoder stumbles over a text that is no base64. */
function illegalBase64At(value: string): number | undefined {
  const text = value.replaceAll(/[\r\n]/g, '')
  const bad = /[^A-Za-z0-9+/=]|=(?=[^=])/.exec(text)
  if (bad) return bad.index
  return text.length % 4 === 0 ? undefined : text.length - (text.length % 4)
}
