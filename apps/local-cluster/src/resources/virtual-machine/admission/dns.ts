import { isIP } from 'node:net'
import type { StatusCause } from '@virtdeck/kubernetes'
import { dnsSubdomainProblems } from '../../names.ts'
import { cause, causeIf, type InstanceSpec } from './cause.ts'

const POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None', '']
const MOST = { nameservers: 3, searches: 6, searchCharacters: 256 }

export function dnsRules(field: string, spec: InstanceSpec): StatusCause[] {
  const { dnsPolicy = '', dnsConfig } = spec
  const causes: StatusCause[] = []
  if (!POLICIES.includes(dnsPolicy)) {
    const message = `DNSPolicy: ${dnsPolicy} is not supported, valid values: [${POLICIES.join(' ')}]`
    causes.push(cause(`${field}.dnsPolicy`, message, 'FieldValueNotSupported'))
  }
  const { nameservers = [], searches = [], options = [] } = dnsConfig ?? {}
  if (dnsPolicy === 'None' && !dnsConfig) {
    const message = 'must provide `dnsConfig` when `dnsPolicy` is None'
    return [...causes, cause(`${field}.dnsConfig`, message, 'FieldValueRequired')]
  }
  if (dnsPolicy === 'None' && nameservers.length === 0) {
    const message = 'must provide at least one DNS nameserver when `dnsPolicy` is None'
    return [...causes, cause('nameservers', message, 'FieldValueRequired')]
  }
  return [
    ...causes,
    ...causeIf(
      nameservers.length > MOST.nameservers,
      'nameservers',
      `must not have more than ${MOST.nameservers} nameservers: [${nameservers.join(' ')}]`,
    ),
    ...nameservers.flatMap((address) =>
      causeIf(isIP(address) === 0, 'nameservers', `must be valid IP address: ${address}`),
    ),
    ...causeIf(
      searches.length > MOST.searches,
      'searchDomains',
      `must not have more than ${MOST.searches} search paths`,
    ),
    ...causeIf(
      searches.join(' ').length > MOST.searchCharacters,
      'searchDomains',
      `must not have more than ${MOST.searchCharacters} characters (including spaces) in the search list`,
    ),
    ...searches.flatMap((search) =>
      dnsSubdomainProblems(search).map((problem) => cause('searchDomains', problem)),
    ),
    ...options.flatMap(({ name }) =>
      causeIf(!name, 'options', 'Option.Name must not be empty'),
    ),
  ]
}
