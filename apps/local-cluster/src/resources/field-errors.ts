import type { StatusCause } from '@virtdeck/kubernetes'

/** The causes of a 422 as Go's `field` package words them. */

export function required(field: string, detail = ''): StatusCause {
  const message = detail === '' ? 'Required value' : `Required value: ${detail}`
  return { reason: 'FieldValueRequired', message, field }
}

export function invalid(field: string, value: unknown, detail: string): StatusCause {
  const message = `Invalid value: ${JSON.stringify(value)}: ${detail}`
  return { reason: 'FieldValueInvalid', message, field }
}

export function forbidden(field: string, detail: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field }
}

export function notSupported(
  field: string,
  value: unknown,
  supported: readonly string[],
): StatusCause {
  const list = supported.map((entry) => JSON.stringify(entry)).join(', ')
  const message = `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`
  return { reason: 'FieldValueNotSupported', message, field }
}

export function duplicate(field: string, value: unknown): StatusCause {
  const message = `Duplicate value: ${JSON.stringify(value)}`
  return { reason: 'FieldValueDuplicate', message, field }
}

export function notFound(field: string, value: unknown): StatusCause {
  return { reason: 'FieldValueNotFound', message: `Not found: ${JSON.stringify(value)}`, field }
}

export function immutable(field: string, value: unknown): StatusCause {
  return invalid(field, value, 'field is immutable')
}

/** `[cause]` or nothing: for lists of rules. */
export function when(violated: boolean | undefined, cause: () => StatusCause): StatusCause[] {
  return violated ? [cause()] : []
}
