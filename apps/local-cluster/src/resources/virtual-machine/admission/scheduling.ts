import type { StatusCause } from '@virtdeck/kubernetes'
import { affinityProblems, topologySpreadProblems } from '../../scheduling-rules.ts'
import { cause, causeIf, type InstanceSpec } from './cause.ts'

/** The rules of pods, in the cause and in the message, which names the field once more. */
export function schedulingRules(field: string, spec: InstanceSpec): StatusCause[] {
  const { affinity, topologySpreadConstraints, architecture } = spec
  const problems = [
    // virt-api leaves `affinity` out of the path.
    ...(affinity ? affinityProblems(field, affinity) : []),
    ...topologySpreadProblems(`${field}.topologySpreadConstraints`, topologySpreadConstraints),
  ]
  const causes = problems.map(({ field: at = '', message }) => cause(at, `${at}: ${message}`))
  if (architecture && architecture !== 'amd64') {
    const at = `${field}.architecture`
    const message = `MultiArchitecture feature gate is not enabled in kubevirt-config, invalid entry ${at}`
    causes.push(cause(at, message, 'FieldValueRequired'))
  }
  return causes
}

/** Of VMIs only: which devices the architecture has. */
export function architectureRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const { watchdog } = domain.devices
  if (!watchdog) return []
  const supported = watchdog.i6300esb && !('diag288' in watchdog && watchdog.diag288)
  const at = `${field}.domain.devices.watchdog`
  return supported
    ? []
    : [cause(at, 'amd64 only supports I6300ESB watchdog device', 'FieldValueNotSupported')]
}

const HYPERV_NEEDS = [
  ['evmcs', 'vapic'],
  ['ipi', 'vpindex'],
  ['tlbflush', 'vpindex'],
  ['synictimer', 'synic'],
  ['synic', 'vpindex'],
] as const

/** Of VMIs only: what a feature needs may not be switched off (virt-api switches it on). */
export function hypervRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const hyperv = domain.features?.hyperv
  if (!hyperv) return []
  const at = `${field}.domain.features.hyperv.domain.features.hyperv`
  return HYPERV_NEEDS.flatMap(([feature, needed]) =>
    causeIf(
      hyperv[feature]?.enabled === true && hyperv[needed]?.enabled !== true,
      `${at}.${feature}`,
      `'${at}.${feature}' requires '${at}.${needed}', which was disabled.`,
    ),
  )
}
