import type { StatusCause } from '@virtdeck/kubernetes'
import { accessCredentialRules } from './access-credentials.ts'
import { bootOrderRules } from './boot-order.ts'
import { cause, type InstanceRule, type InstanceSpec, type MachineSpec } from './cause.ts'
import { cpuRules } from './cpu.ts'
import { dataVolumeTemplateRules } from './data-volume-templates.ts'
import { diskRules } from './disks.ts'
import {
  deviceRules,
  firmwareRules,
  machineRules,
  nameRules,
  policyRules,
  probeRules,
  startStrategyRules,
} from './guest.ts'
import { instancetypeRules } from './instancetype.ts'
import { memoryRequired, memoryRules } from './memory.ts'
import { networkRules } from './networks.ts'
import { runStrategyRules } from './run-strategy.ts'
import { volumeRules, volumesHaveDisks } from './volumes.ts'

/** In virt-api's order: the causes are listed in it. */
const INSTANCE_RULES: InstanceRule[] = [
  nameRules,
  memoryRules,
  machineRules,
  cpuRules,
  startStrategyRules,
  networkRules,
  bootOrderRules,
  deviceRules,
  probeRules,
  diskRules,
  firmwareRules,
  volumeRules,
  accessCredentialRules,
  policyRules,
]

/** What is wrong with a VM's spec. */
export function machineCauses(spec: MachineSpec): StatusCause[] {
  if (!spec.template?.spec) {
    const message = 'missing virtual machine template.'
    return [cause('spec.template', message, 'FieldValueRequired')]
  }
  const conflicts = instancetypeRules('spec', spec)
  if (conflicts.length > 0) return conflicts
  return [
    ...apply(INSTANCE_RULES, 'spec.template.spec', spec.template.spec),
    ...dataVolumeTemplateRules('spec', spec),
    ...runStrategyRules('spec', spec),
  ]
}

/** What is wrong with the spec of a VMI, once defaulted. */
export function instanceCauses(spec: InstanceSpec): StatusCause[] {
  return apply([...INSTANCE_RULES, volumesHaveDisks, memoryRequired], 'spec', spec)
}

function apply(rules: InstanceRule[], field: string, spec: InstanceSpec): StatusCause[] {
  return rules.flatMap((rule) => rule(field, spec))
}
