import { parseQuantity, type StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import { amount, domainResources, printQuantity } from './quantities.ts'

export function memoryRules(field: string, spec: InstanceSpec): StatusCause[] {
  const { requests, limits } = domainResources(spec)
  const request = `${field}.domain.resources.requests.memory`
  const limit = `${field}.domain.resources.limits.memory`
  const shownRequest = printQuantity(spec.domain.resources?.requests?.memory)
  const shownLimit = printQuantity(spec.domain.resources?.limits?.memory)
  return [
    ...causeIf(
      requests.memory < 0,
      request,
      `${request} '${shownRequest}': must be greater than or equal to 0.`,
    ),
    ...causeIf(
      requests.memory > 0 && requests.memory < 1e6,
      request,
      `${request} '${shownRequest}': must be greater than or equal to 1M.`,
    ),
    ...causeIf(
      limits.memory < 0,
      limit,
      `${limit} '${shownLimit}': must be greater than or equal to 0.`,
    ),
    ...causeIf(
      limits.memory > 0 && requests.memory > limits.memory,
      request,
      `${request} '${shownRequest}' is greater than ${limit} '${shownLimit}'`,
    ),
    ...hugepages(field, spec),
    ...guestMemory(field, spec),
  ]
}

function hugepages(field: string, { domain }: InstanceSpec): StatusCause[] {
  const pageSize = domain.memory?.hugepages?.pageSize
  if (!domain.memory?.hugepages || pageSize === undefined) return []
  const sizeField = `${field}.domain.hugepages.size`
  const page = parseQuantity(pageSize)
  if (page === undefined) {
    const rule =
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
    return [cause(sizeField, `${sizeField} '${pageSize}': ${rule}`)]
  }
  const request = `${field}.domain.resources.requests.memory`
  const requested = domain.resources?.requests?.memory
  const memory = amount(requested)
  const shown = `${request} '${printQuantity(requested)}'`
  if (memory < page) {
    const message = `${shown} must be equal to or larger than page size ${sizeField} '${pageSize}'`
    return [cause(request, message)]
  }
  return causeIf(
    memory % page !== 0,
    request,
    `${shown} is not a multiple of the page size ${sizeField} '${pageSize}'`,
  )
}

/**
 * KubeVirt 1.9 leaves this rule out where the rollout strategy is LiveUpdate; it is kept, because
 * a guest larger than its limit is killed on its first full page.
 */
function guestMemory(field: string, { domain }: InstanceSpec): StatusCause[] {
  const guest = domain.memory?.guest
  const limit = domain.resources?.limits?.memory
  if (guest === undefined || amount(limit) === 0 || amount(limit) >= amount(guest)) return []
  const guestField = `${field}.domain.memory.guest`
  const limitField = `${field}.domain.resources.limits.memory`
  return [
    cause(
      guestField,
      `${guestField} '${printQuantity(guest)}' must be equal to or less than the memory limit ${limitField} '${printQuantity(limit)}'`,
    ),
  ]
}

/** Only for VMIs, once all defaults are in. */
export function memoryRequired(field: string, { domain }: InstanceSpec): StatusCause[] {
  if (amount(domain.resources?.requests?.memory) !== 0) return []
  if (domain.memory?.guest !== undefined || domain.memory?.hugepages) return []
  const memory = `${field}.domain.memory`
  return [
    {
      reason: 'FieldValueRequired',
      message: `no memory requested, at least one of '${memory}.guest', '${memory}.hugepages.size' or '${field}.domain.resources.requests.memory' must be set`,
    },
  ]
}
