import type { StatusCause } from '@virtdeck/kubernetes'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import { domainResources, printQuantity } from './quantities.ts'

const FEATURE_POLICIES = new Set(['', 'force', 'require', 'optional', 'disable', 'forbid'])

export function cpuRules(field: string, spec: InstanceSpec): StatusCause[] {
  const { requests, limits } = domainResources(spec)
  const request = `${field}.domain.resources.requests.cpu`
  const limit = `${field}.domain.resources.limits.cpu`
  const shownRequest = printQuantity(spec.domain.resources?.requests?.cpu)
  const shownLimit = printQuantity(spec.domain.resources?.limits?.cpu)
  return [
    ...causeIf(
      requests.cpu < 0,
      request,
      `${request} '${shownRequest}': must be greater than or equal to 0.`,
    ),
    ...causeIf(
      limits.cpu < 0,
      limit,
      `${limit} '${shownLimit}': must be greater than or equal to 0.`,
    ),
    ...causeIf(
      limits.cpu > 0 && requests.cpu > limits.cpu,
      request,
      `${request} '${shownRequest}' is greater than ${limit} '${shownLimit}'`,
    ),
    ...dedicatedPlacement(field, spec),
    ...numa(field, spec),
    ...isolatedEmulator(field, spec),
    ...features(field, spec),
    ...sockets(field, spec),
  ]
}

function virtualCpus({ domain }: InstanceSpec): number {
  const { cores = 0, sockets: count = 0, threads = 0 } = domain.cpu ?? {}
  if (!cores && !count && !threads) return 0
  return (cores || 1) * (count || 1) * (threads || 1)
}

function dedicatedPlacement(field: string, spec: InstanceSpec): StatusCause[] {
  if (!spec.domain.cpu?.dedicatedCpuPlacement) return []
  const { requests, limits } = domainResources(spec)
  const at = (path: string) => `${field}.domain.${path}`
  const [requestCpu, limitCpu] = [at('resources.requests.cpu'), at('resources.limits.cpu')]
  const [requestMemory, limitMemory] = [
    at('resources.requests.memory'),
    at('resources.limits.memory'),
  ]
  const [placement, cores] = [at('cpu.dedicatedCpuPlacement'), at('cpu.cores')]
  const guest = virtualCpus(spec)
  const threads = spec.domain.cpu.threads ?? 0
  return [
    ...causeIf(
      limits.memory === 0 && requests.memory === 0,
      limitMemory,
      `${requestMemory} or ${limitMemory} should be provided`,
    ),
    ...causeIf(
      !Number.isInteger(requests.cpu),
      requestCpu,
      'provided resources CPU requests must be an interger',
    ),
    ...causeIf(
      !Number.isInteger(limits.cpu),
      limitCpu,
      'provided resources CPU limits must be an interger',
    ),
    ...causeIf(
      requests.memory > 0 && limits.memory > 0 && requests.memory !== limits.memory,
      requestMemory,
      `${requestMemory} must be equal to ${limitMemory}`,
    ),
    ...causeIf(
      requests.cpu === 0 && limits.cpu === 0 && guest === 0,
      placement,
      `either ${requestCpu} or ${limitCpu} or ${cores} must be provided when DedicatedCPUPlacement is true `,
    ),
    ...causeIf(
      requests.cpu > 0 && limits.cpu > 0 && requests.cpu !== limits.cpu,
      placement,
      `${requestCpu} or ${limitCpu} must be equal when DedicatedCPUPlacement is true `,
    ),
    ...causeIf(
      (requests.cpu > 0 || limits.cpu > 0) &&
        guest > 0 &&
        requests.cpu !== guest &&
        limits.cpu !== guest,
      placement,
      `${requestCpu} or ${limitCpu} must not be provided at the same time with ${cores} when DedicatedCPUPlacement is true `,
    ),
    ...causeIf(
      threads > 2,
      placement,
      `Not more than two threads must be provided at ${at('cpu.threads')} (got ${threads}) when DedicatedCPUPlacement is true`,
    ),
  ]
}

function numa(field: string, { domain }: InstanceSpec): StatusCause[] {
  if (!domain.cpu?.numa?.guestMappingPassthrough) return []
  const strategy = `${field}.domain.cpu.numa.guestMappingPassthrough`
  const suffix = `when NUMA topology strategy is set in ${strategy}`
  return [
    ...causeIf(
      !domain.cpu.dedicatedCpuPlacement,
      strategy,
      `${field}.domain.cpu.dedicatedCpuPlacement must be set to true ${suffix}`,
    ),
    ...causeIf(
      !domain.memory?.hugepages,
      strategy,
      `${field}.domain.memory.hugepages must be requested ${suffix}`,
    ),
  ]
}

function isolatedEmulator(field: string, { domain }: InstanceSpec): StatusCause[] {
  return causeIf(
    domain.cpu?.isolateEmulatorThread && !domain.cpu.dedicatedCpuPlacement,
    `${field}.domain.cpu.isolateEmulatorThread`,
    'IsolateEmulatorThread should be only set in combination with DedicatedCPUPlacement',
  )
}

function features(field: string, { domain }: InstanceSpec): StatusCause[] {
  return (domain.cpu?.features ?? []).flatMap(({ name, policy = '' }, index) =>
    FEATURE_POLICIES.has(policy)
      ? []
      : [
          cause(
            `${field}.domain.cpu.features[${index}].policy`,
            `CPU feature ${name} uses policy ${policy} that is not supported.`,
            'FieldValueNotSupported',
          ),
        ],
  )
}

function sockets(field: string, { domain }: InstanceSpec): StatusCause[] {
  const { sockets: count = 0, maxSockets = 0 } = domain.cpu ?? {}
  return causeIf(
    maxSockets > 0 && count > maxSockets,
    `${field}.domain.cpu.sockets`,
    'Number of sockets in CPU topology is greater than the maximum sockets allowed',
  )
}

/** A real-time guest needs CPUs and memory of its own. */
export function realtimeRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const { cpu } = domain
  if (!cpu?.realtime) return []
  const at = `${field}.domain.cpu`
  const causes: StatusCause[] = []
  if (!cpu.dedicatedCpuPlacement) {
    const placement = `${at}.dedicatedCpuPlacement`
    const message = `${placement} must be set to true when ${at}.realtime is used`
    causes.push(cause(placement, message, 'FieldValueRequired'))
  }
  if (!cpu.numa?.guestMappingPassthrough) {
    const mapping = `${at}.numa.guestMappingPassthrough`
    const message = `${mapping} must be defined when ${at}.realtime is used`
    causes.push(cause(mapping, message, 'FieldValueRequired'))
  }
  return causes
}
