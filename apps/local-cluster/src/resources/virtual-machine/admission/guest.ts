import type { V1Probe as Probe } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { StatusCause } from '@virtdeck/kubernetes'
import { dnsLabelProblems, dnsSubdomainProblems } from '../../names.ts'
import { cause, causeIf, type InstanceSpec } from './cause.ts'

const MACHINES = ['q35*', 'pc-q35*', 'pc']
const EVICTION_STRATEGIES = new Set([
  'None',
  'LiveMigrate',
  'LiveMigrateIfPossible',
  'External',
])
const IO_THREADS_POLICIES = new Set(['shared', 'auto', 'supplementalPool'])
const SERIAL = /^[A-Za-z0-9_.+-]+$/

/** The guest's names, checked before anything else. */
export function nameRules(field: string, spec: InstanceSpec): StatusCause[] {
  const { hostname = '', subdomain = '' } = spec
  const label = hostname ? dnsLabelProblems(hostname).join(', ') : ''
  const domain = subdomain ? dnsSubdomainProblems(subdomain).join(', ') : ''
  const [hostnameField, subdomainField] = [`${field}.hostname`, `${field}.subdomain`]
  return [
    ...causeIf(
      label !== '',
      hostnameField,
      `${hostnameField} does not conform to the kubernetes DNS_LABEL rules : ${label}`,
    ),
    ...causeIf(
      domain !== '',
      subdomainField,
      `${subdomainField} does not conform to the kubernetes DNS_SUBDOMAIN rules : ${domain}`,
    ),
  ]
}

export function machineRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const machine = domain.machine?.type
  const serial = domain.firmware?.serial
  const machineField = `${field}.domain.machine.type`
  const serialField = `${field}.domain.firmware.serial`
  const supported = !machine || MACHINES.some((pattern) => matchesGlob(pattern, machine))
  return [
    ...causeIf(
      !supported,
      machineField,
      `${machineField} is not supported: ${machine} (allowed values: [${MACHINES.join(' ')}])`,
    ),
    ...causeIf(
      !!serial && serial.length > 256,
      serialField,
      `${serialField} must be less than or equal to 256 in length, if specified`,
    ),
    ...causeIf(
      !!serial && !SERIAL.test(serial),
      serialField,
      `${serialField} must be made up of the following characters [A-Za-z0-9_.+-], if specified`,
    ),
  ]
}

function matchesGlob(pattern: string, value: string): boolean {
  return pattern.endsWith('*') ? value.startsWith(pattern.slice(0, -1)) : value === pattern
}

export function startStrategyRules(field: string, spec: InstanceSpec): StatusCause[] {
  const { startStrategy, livenessProbe } = spec
  const at = `${field}.startStrategy`
  if (startStrategy === undefined) return []
  if (startStrategy !== 'Paused') {
    return [cause(at, `${at} is set with an unrecognized option: ${startStrategy}`)]
  }
  return causeIf(
    !!livenessProbe,
    at,
    `either ${at} or ${field}.livenessProbe should be provided.Pausing VMI with LivenessProbe is not supported`,
  )
}

export function deviceRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const { inputs = [] } = domain.devices
  const causes = inputs.flatMap(({ bus, type }, index) => {
    const at = `${field}.domain.devices.inputs[${index}]`
    return [
      ...causeIf(
        !!bus && bus !== 'virtio' && bus !== 'usb',
        `${at}.bus`,
        'Input device can have only virtio or usb bus.',
      ),
      ...causeIf(type !== 'tablet', `${at}.type`, 'Input device can have only tablet type.'),
    ]
  })
  const policy = domain.ioThreadsPolicy
  if (policy !== undefined && !IO_THREADS_POLICIES.has(policy)) {
    const message = `Invalid IOThreadsPolicy (${policy})`
    causes.push(cause(`${field}.domain.ioThreadsPolicy`, message))
  }
  const threads = domain.ioThreads?.supplementalPoolThreadCount ?? 0
  if (policy === 'supplementalPool' && threads < 1) {
    const message =
      'the number of iothreads needs to be set and positive for the dedicated policy'
    causes.push(cause(`${field}.domain.ioThreads.count`, message))
  }
  return causes
}

export function probeRules(field: string, spec: InstanceSpec): StatusCause[] {
  const { readinessProbe, livenessProbe, networks } = spec
  const onPodNetwork = networks?.some(({ pod }) => pod) ?? false
  return [
    ...probe(`${field}.readinessProbe`, readinessProbe, onPodNetwork),
    ...probe(`${field}.livenessProbe`, livenessProbe, onPodNetwork),
  ]
}

function probe(field: string, value: Probe | undefined, onPodNetwork: boolean): StatusCause[] {
  if (!value) return []
  const { httpGet, tcpSocket, exec, guestAgentPing } = value
  const handlers = [httpGet, tcpSocket, exec, guestAgentPing].filter(Boolean).length
  const causes = causeIf(handlers > 1, field, `${field} must have exactly one probe type set`)
  if (handlers < 1) {
    const message = `either ${field}.tcpSocket, ${field}.exec or ${field}.httpGet must be set if a ${field} is specified`
    causes.push(cause(field, message, 'FieldValueRequired'))
  }
  if (onPodNetwork) return causes
  for (const handler of ['httpGet', 'tcpSocket'] as const) {
    if (!value[handler]) continue
    const at = `${field}.${handler}`
    causes.push(cause(at, `${at} is only allowed if the Pod Network is attached`))
  }
  return causes
}

export function evictionRules(
  field: string,
  { evictionStrategy }: InstanceSpec,
): StatusCause[] {
  const at = `${field}.evictionStrategy`
  return causeIf(
    evictionStrategy !== undefined && !EVICTION_STRATEGIES.has(evictionStrategy),
    at,
    `${at} is set with an unrecognized option: ${evictionStrategy}`,
  )
}

/** Sound, and displays of virtual GPUs: only one can be the boot display. */
export function soundAndDisplayRules(field: string, { domain }: InstanceSpec): StatusCause[] {
  const { sound, gpus = [] } = domain.devices
  const bootDisplays = gpus.filter(({ virtualGPUOptions }) => {
    const display = virtualGPUOptions?.display
    if (!display || display.enabled === false) return false
    return !display.ramFB || display.ramFB.enabled === true
  })
  return [
    ...causeIf(
      bootDisplays.length > 1,
      `${field}.GPUs`,
      'configuring multiple displays with ramfb is not valid ',
    ),
    ...causeIf(
      !!sound?.model && sound.model !== 'ich9' && sound.model !== 'ac97',
      `${field}.Sound`,
      "Sound device type is not supported. Options: 'ich9' or 'ac97'",
    ),
    ...causeIf(!!sound && !sound.name, `${field}.Sound`, 'Sound device requires a name field.'),
  ]
}
