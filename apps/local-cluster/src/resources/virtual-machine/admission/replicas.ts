import type {
  V1VirtualMachineInstancePreset as Preset,
  V1VirtualMachineInstanceReplicaSet as ReplicaSet,
  V1beta1VirtualMachinePool as Pool,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { isDeepStrictEqual } from 'node:util'
import { matchesLabels, requirementsOf, type StatusCause } from '@virtdeck/kubernetes'
import type { KindRequest } from '../../define.ts'
import { cause, causeIf, type InstanceSpec } from './cause.ts'
import { configurationOf } from './configuration.ts'
import { diskRules } from './disks.ts'
import { firmwareRules } from './firmware.ts'
import { machineCauses, templateCauses } from './rules.ts'

interface Labelled {
  labels?: Record<string, string>
}

const NO_TEMPLATE = 'missing virtual machine template.'
const NO_MATCH = 'selector does not match labels.'

/** Kinds that make VMs or VMIs: their templates obey the rules of what they make. */
export function poolCauses(request: KindRequest<Pool>): StatusCause[] {
  const { virtualMachineTemplate: template, selector } = request.object.spec
  if (!template?.spec) return [cause('spec.template', NO_TEMPLATE, 'FieldValueRequired')]
  const { labels = {} } = (template.metadata ?? {}) as Labelled
  const before = request.oldObject?.spec.selector
  return [
    ...machineCauses('spec.virtualMachineTemplate.spec', template.spec, {
      configuration: configurationOf(request),
    }),
    ...causeIf(!matchesLabels(requirementsOf(selector), labels), 'spec.selector', NO_MATCH),
    ...causeIf(
      !!before && !isDeepStrictEqual(before, selector),
      'spec.selector',
      'selector is immutable after creation.',
    ),
  ]
}

export function replicaSetCauses(request: KindRequest<ReplicaSet>): StatusCause[] {
  const { template, selector } = request.object.spec
  if (!template?.spec) return [cause('spec.template', NO_TEMPLATE, 'FieldValueRequired')]
  const { labels = {} } = (template.metadata ?? {}) as Labelled
  return [
    ...templateCauses('spec.template.spec', template.spec, configurationOf(request)),
    ...causeIf(!matchesLabels(requirementsOf(selector), labels), 'spec.selector', NO_MATCH),
  ]
}

export function presetCauses({ spec }: Preset): StatusCause[] {
  if (!spec?.domain) return [cause('spec.domain', 'missing domain.', 'FieldValueRequired')]
  const part: InstanceSpec = { domain: spec.domain }
  return [...diskRules('spec', part), ...firmwareRules('spec', part)]
}
