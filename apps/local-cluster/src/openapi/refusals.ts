import { type StatusCause, type StatusError, statusErrors } from '@virtdeck/kubernetes'
import type { ResourceDefinition } from '../registry.ts'
import type { SchemaProblem } from './validate.ts'

const QUANTITY_PATTERN = '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'
const CRD_QUANTITY_PATTERN =
  '^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$'

interface Refused {
  definition: ResourceDefinition
  /** The version of the request. */
  version: string
  name: string
}

/** 400 for `fieldValidation=Strict`; `findings` such as `unknown field "spec.bogus"`. */
export function strictDecodingError(refused: Refused, findings: string[]): StatusError {
  return undecodable(refused, `strict decoding error: ${findings.join(', ')}`)
}

/**
 * The error for schema problems, from whoever meets them first in a real cluster: KubeVirt's
 * mutating webhook for its VMs and VMIs, the Go decoder and then validation for built-in kinds,
 * the CRD's schema for every other kind.
 */
export function schemaError(refused: Refused, problems: SchemaProblem[]): StatusError {
  const { definition, name } = refused
  if (definition.schemaWebhook) return webhookError(definition.schemaWebhook, problems)
  if (!definition.custom) {
    const undecoded = problems.find((problem) => problem.kind !== 'enum')
    if (undecoded) return undecodable(refused, goDecodingError(undecoded))
  }
  return statusErrors.invalid(definition, name, problems.map(causeOf))
}

function undecodable({ definition, version }: Refused, message: string): StatusError {
  const { kind } = definition
  return statusErrors.badRequest(
    `${kind} in version "${version}" cannot be handled as a ${kind}: ${message}`,
  )
}

function webhookError(webhook: string, problems: SchemaProblem[]): StatusError {
  const listed = problems.filter((problem) => problem.kind !== 'quantity')
  // A quantity is checked by Go's decoder, which knows neither a field nor a reason.
  if (listed.length === 0) {
    const message = `quantities must match the regular expression '${QUANTITY_PATTERN}'`
    return statusErrors.other(
      400,
      '',
      `admission webhook "${webhook}" denied the request: ${message}`,
    )
  }
  return statusErrors.deniedByWebhook(
    webhook,
    listed.map((problem) => ({ message: bodyMessage(problem) })),
  )
}

function bodyMessage({ kind, field, expected, actual }: SchemaProblem): string {
  switch (kind) {
    case 'required':
      return `${field} in body is required`
    case 'enum':
      return `${field} in body should be one of [${expected.replaceAll(/[",]/g, '')}]`
    case 'quantity':
      return `${field} in body should match '${CRD_QUANTITY_PATTERN}'`
    case 'pattern':
      return `${field} in body should match '${expected}'`
    case 'minimum':
      return `${field} in body should be greater than or equal to ${expected}`
    case 'maximum':
      return `${field} in body should be less than or equal to ${expected}`
    case 'minLength':
      return `${field} in body should be at least ${expected} chars long`
    case 'maxLength':
      return `${field} in body should be at most ${expected} chars long`
    case 'minItems':
      return `${field} in body should have at least ${expected} items`
    case 'maxItems':
      return `${field} in body should have at most ${expected} items`
    case 'base64':
      return `${field} in body must be of type byte`
    case 'duplicate':
      return `${field} in body is a duplicate`
    case 'type':
    case 'format':
      return `${field} in body must be of type ${expected}: "${actual}"`
    default:
      return kind satisfies never
  }
}

function causeOf(problem: SchemaProblem): StatusCause {
  const { kind, field, expected, actual } = problem
  const cause = (reason: string, message: string): StatusCause => ({ reason, message, field })
  switch (kind) {
    case 'required':
      return cause('FieldValueRequired', 'Required value')
    case 'enum':
      return cause(
        'FieldValueNotSupported',
        `Unsupported value: "${actual}": supported values: ${expected}`,
      )
    case 'duplicate':
      return cause('FieldValueDuplicate', `Duplicate value: ${actual}`)
    case 'maxLength':
      return cause('FieldValueTooLong', `Too long: may not be more than ${expected} bytes`)
    case 'maxItems':
      return cause(
        'FieldValueTooMany',
        `Too many: ${actual}: must have at most ${expected} items`,
      )
    case 'minimum':
    case 'maximum':
    case 'minItems':
      return cause('FieldValueInvalid', `Invalid value: ${actual}: ${bodyMessage(problem)}`)
    case 'type':
      return cause(
        'FieldValueTypeInvalid',
        `Invalid value: "${actual}": ${bodyMessage(problem)}`,
      )
    case 'format':
    case 'quantity':
    case 'pattern':
    case 'minLength':
    case 'base64':
      return cause('FieldValueInvalid', `Invalid value: "${actual}": ${bodyMessage(problem)}`)
    default:
      return kind satisfies never
  }
}

/** What `encoding/json` says; arrays have no index in its paths. */
function goDecodingError(problem: SchemaProblem): string {
  const { kind, actual, goField, goStruct, goType } = problem
  if (kind === 'quantity') {
    return `quantities must match the regular expression '${QUANTITY_PATTERN}'`
  }
  if (kind === 'base64') return `illegal base64 data at input byte ${actual}`
  if (kind === 'format') {
    return `parsing time "${actual}" as "2006-01-02T15:04:05Z07:00": cannot parse "${actual}" as "2006"`
  }
  return `json: cannot unmarshal ${actual} into Go struct field ${goStruct}.${goField} of type ${goType}`
}
