import type { StatusCause } from '@virtdeck/kubernetes'
import { accessCredentialRules } from './access-credentials.ts'
import { bootOrderRules } from './boot-order.ts'
import { cause, type InstanceRule, type InstanceSpec, type MachineSpec } from './cause.ts'
import { type ClusterConfiguration, DEFAULT_CONFIGURATION } from './configuration.ts'
import { cpuRules, realtimeRules } from './cpu.ts'
import { dataVolumeTemplateRules } from './data-volume-templates.ts'
import { diskRules } from './disks.ts'
import { dnsRules } from './dns.ts'
import { gatedDeviceRules } from './feature-gates.ts'
import { acpiRules, firmwareRules } from './firmware.ts'
import {
  deviceRules,
  evictionRules,
  machineRules,
  nameRules,
  probeRules,
  soundAndDisplayRules,
  startStrategyRules,
} from './guest.ts'
import { launchSecurityRules } from './launch-security.ts'
import { liveUpdateRules } from './live-update.ts'
import { memoryRequired, memoryRules } from './memory.ts'
import { metadataRules, type Metadata } from './metadata.ts'
import { networkRules } from './networks.ts'
import { runStrategyRules } from './run-strategy.ts'
import { architectureRules, hypervRules, schedulingRules } from './scheduling.ts'
import { volumeRules, volumesHaveDisks } from './volumes.ts'

/** In virt-api's order: the causes are listed in it. */
const INSTANCE_RULES: InstanceRule[] = [
  nameRules,
  memoryRules,
  machineRules,
  acpiRules,
  cpuRules,
  startStrategyRules,
  realtimeRules,
  schedulingRules,
  networkRules,
  bootOrderRules,
  deviceRules,
  probeRules,
  diskRules,
  firmwareRules,
  volumeRules,
  accessCredentialRules,
  dnsRules,
  evictionRules,
  soundAndDisplayRules,
  launchSecurityRules,
  gatedDeviceRules,
]

/** Of VMIs only, whose defaults are all in. */
const RUNNING_RULES: InstanceRule[] = [
  volumesHaveDisks,
  memoryRequired,
  hypervRules,
  architectureRules,
]

interface Circumstances {
  configuration?: ClusterConfiguration
  /** Whether one of KubeVirt's own components writes. */
  trusted?: boolean
}

/** What is wrong with a VM's spec. */
export function machineCauses(
  field: string,
  spec: MachineSpec,
  { configuration = DEFAULT_CONFIGURATION, trusted = false }: Circumstances = {},
): StatusCause[] {
  if (!spec.template?.spec) {
    const message = 'missing virtual machine template.'
    return [cause(`${field}.template`, message, 'FieldValueRequired')]
  }
  const metadata: Metadata | undefined = spec.template.metadata
  return [
    ...metadataRules(`${field}.template.metadata`, metadata, { configuration, trusted }),
    ...templateCauses(`${field}.template.spec`, spec.template.spec, configuration),
    ...dataVolumeTemplateRules(field, spec),
    ...runStrategyRules(field, spec),
    ...liveUpdateRules(field, spec, configuration),
  ]
}

/** What is wrong with the template of a VMI, whose defaults may still be missing. */
export function templateCauses(
  field: string,
  spec: InstanceSpec,
  configuration = DEFAULT_CONFIGURATION,
): StatusCause[] {
  return INSTANCE_RULES.flatMap((rule) => rule(field, spec, configuration))
}

/** What is wrong with a VMI, once defaulted. */
export function instanceCauses(
  { metadata, spec }: { metadata?: Metadata; spec: InstanceSpec },
  { configuration = DEFAULT_CONFIGURATION, trusted = false }: Circumstances = {},
): StatusCause[] {
  const running = RUNNING_RULES.flatMap((rule) => rule('spec', spec, configuration))
  return [
    ...templateCauses('spec', spec, configuration),
    ...running,
    ...metadataRules('metadata', metadata, { configuration, trusted }),
  ]
}
