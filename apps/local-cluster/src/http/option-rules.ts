import { statusErrors, type StatusCause, type StatusError } from '@virtdeck/kubernetes'

/** The kinds of meta.k8s.io that options of writes are. */
export type WriteOptionsKind =
  | 'CreateOptions'
  | 'UpdateOptions'
  | 'PatchOptions'
  | 'DeleteOptions'

/** 422 of the options of a request: they have no name. */
export function invalidOptions(
  kind: WriteOptionsKind | 'ListOptions',
  causes: StatusCause[],
): StatusError {
  return statusErrors.invalid({ group: 'meta.k8s.io', kind }, '', causes)
}

const listed = (values: readonly string[]): string =>
  values.map((value) => JSON.stringify(value)).join(', ')

/** An unsupported value, printed as Go's `%#v` does. */
function notSupported(
  field: string,
  printed: string,
  supported: readonly string[],
): StatusCause {
  const message = `Unsupported value: ${printed}: supported values: ${listed(supported)}`
  return { reason: 'FieldValueNotSupported', message, field }
}

const forbidden = (field: string, text: string): StatusCause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${text}`,
  field,
})

export function dryRunCauses(values: string[]): StatusCause[] {
  if (values.every((value) => value === 'All')) return []
  return [notSupported('dryRun', `[]string{${listed(values)}}`, ['All'])]
}

const VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn']

export function fieldValidationCauses(value: string): StatusCause[] {
  if (VALIDATIONS.includes(value)) return []
  return [notSupported('fieldValidation', JSON.stringify(value), VALIDATIONS)]
}

const LONGEST_MANAGER = 128

export function fieldManagerCauses(value: string): StatusCause[] {
  if (value.length <= LONGEST_MANAGER) return []
  const message = `Too long: must have at most ${LONGEST_MANAGER} bytes`
  return [{ reason: 'FieldValueTooLong', message, field: 'fieldManager' }]
}

const POLICIES = ['Foreground', 'Background', 'Orphan']

/** What is wrong with how a deletion shall treat dependents. */
export function propagationCauses(
  policy: string | undefined,
  orphanDependents: boolean | undefined,
): StatusCause[] {
  if (policy === undefined) return []
  const field = 'propagationPolicy'
  const causes: StatusCause[] = []
  if (orphanDependents !== undefined) {
    const text = 'orphanDependents and deletionPropagation cannot be both set'
    const message = `Invalid value: ${JSON.stringify(policy)}: ${text}`
    causes.push({ reason: 'FieldValueInvalid', message, field })
  }
  if (!POLICIES.includes(policy)) {
    causes.push(notSupported(field, JSON.stringify(policy), [...POLICIES, 'nil']))
  }
  return causes
}

const MATCHES = ['Exact', 'NotOlderThan']

/** What is wrong with `resourceVersionMatch` and `sendInitialEvents` of a list or watch. */
export function listCauses(parameters: URLSearchParams, watch: boolean): StatusCause[] {
  const field = 'resourceVersionMatch'
  const match = parameters.get(field) ?? ''
  const version = parameters.get('resourceVersion') ?? ''
  const initialEvents = parameters.get('sendInitialEvents')
  const causes: StatusCause[] = []
  if (watch) {
    if (initialEvents !== null && match !== 'NotOlderThan') {
      const text = 'sendInitialEvents requires setting resourceVersionMatch to NotOlderThan'
      causes.push(forbidden(field, text))
    } else if (initialEvents === null && match !== '') {
      const text =
        'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided'
      causes.push(forbidden(field, text))
    }
    return causes
  }
  if (match !== '') {
    if (version === '') {
      causes.push(forbidden(field, `${field} is forbidden unless resourceVersion is provided`))
    }
    if ((parameters.get('continue') ?? '') !== '') {
      causes.push(forbidden(field, `${field} is forbidden when continue is provided`))
    }
    if (!MATCHES.includes(match)) {
      causes.push(notSupported(field, JSON.stringify(match), [...MATCHES, '']))
    }
    if (match === 'Exact' && version === '0') {
      causes.push(forbidden(field, `${field} "exact" is forbidden for resourceVersion "0"`))
    }
  }
  if (initialEvents !== null && initialEvents !== 'false') {
    causes.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'))
  }
  return causes
}
