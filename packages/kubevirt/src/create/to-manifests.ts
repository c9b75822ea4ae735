import type { KubernetesObject } from '@virtdeck/kubernetes'
import { matcherOf } from '../instancetypes/reference.ts'
import type { VirtualMachine } from '../types.ts'
import { MAX_LABEL } from '../validation/names.ts'
import { dataVolumeTemplateOf } from './data-volume-template.ts'
import { instanceSpec } from './instance-spec.ts'
import { isWindows } from './operating-systems.ts'
import { hasStorageClass } from './storage-values.ts'
import type { GeneralValues, VirtualMachineCreateValues } from './values.ts'
import { namedBase } from './named-base.ts'
import { sysprepConfigMap } from './windows.ts'

/** What a VM is, in the words of KubeVirt's common templates. */
export const WORKLOADS: Record<GeneralValues['workloadProfile'], string> = {
  desktop: 'desktop',
  generic: 'server',
  highPerformance: 'highperformance',
}

/** Labels by which a VM says what template it came from. */
const TEMPLATE_LABEL = 'vm.kubevirt.io/template'
const TEMPLATE_NAMESPACE_LABEL = 'vm.kubevirt.io/template.namespace'

export interface ManifestOptions {
  /**
   * The VM of the chosen template with its parameters filled in, except for the VM's name. What the wizard does not ask
   * (firmware, clock, features, validations …) stays as it is there.
   */
  base?: VirtualMachine | undefined
}

/**
 * The objects that the wizard creates, from what was chosen in it; pure. The VM is the last
 * one; the others are what it refers to.
 */
export function toManifests(
  values: VirtualMachineCreateValues,
  { base }: ManifestOptions = {},
): KubernetesObject[] {
  const { general } = values
  const needsSysprep =
    isWindows(general.operatingSystem) && general.windows.unattend.trim() !== ''
  return [
    ...(needsSysprep ? [sysprepConfigMap(general)] : []),
    virtualMachineManifest(values, { base }),
  ]
}

/** The VM alone. */
export function virtualMachineManifest(
  values: VirtualMachineCreateValues,
  options: ManifestOptions = {},
): VirtualMachine {
  const { general, storage } = values
  const base = options.base && namedBase(options.base, general.name)
  const dataVolumeTemplates = storage.disks
    .filter(hasStorageClass)
    .map((disk) => dataVolumeTemplateOf(disk, general))
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: metadataOf(general, base),
    spec: {
      ...unaskedSpec(base),
      runStrategy: general.startOnCreation ? 'Always' : 'Halted',
      ...instancetypeOf(general),
      ...(dataVolumeTemplates.length > 0 && { dataVolumeTemplates }),
      template: {
        metadata: {
          ...base?.spec.template?.metadata,
          annotations: {
            ...base?.spec.template?.metadata?.annotations,
            ...(general.sizing === 'flavor' && { 'vm.kubevirt.io/flavor': general.flavor }),
            'vm.kubevirt.io/os': general.operatingSystem,
            'vm.kubevirt.io/workload': WORKLOADS[general.workloadProfile],
          },
          labels: {
            ...base?.spec.template?.metadata?.labels,
            // Values of labels are shorter than names may be.
            ...(general.name.length <= MAX_LABEL && { 'kubevirt.io/domain': general.name }),
            ...(general.sizing === 'flavor' && { 'kubevirt.io/size': general.flavor }),
          },
        },
        spec: instanceSpec(values, base?.spec.template?.spec),
      },
    },
  }
}

function metadataOf(
  { name, namespace, description, template }: GeneralValues,
  base: VirtualMachine | undefined,
): NonNullable<VirtualMachine['metadata']> {
  const [templateNamespace = '', templateName = ''] = template.split('/')
  const { description: _, ...unasked } = base?.metadata?.annotations ?? {}
  const annotations = {
    ...unasked,
    ...(description.trim() !== '' && { description: description.trim() }),
  }
  const labels = {
    ...base?.metadata?.labels,
    ...(base && {
      [TEMPLATE_LABEL]:
        base.metadata?.labels?.[TEMPLATE_LABEL] ?? templateName.slice(0, MAX_LABEL),
      [TEMPLATE_NAMESPACE_LABEL]: templateNamespace,
    }),
  }
  return {
    name,
    namespace,
    ...(Object.keys(annotations).length > 0 && { annotations }),
    ...(Object.keys(labels).length > 0 && { labels }),
  }
}

/** A template's VM without what the wizard asks and writes itself. */
function unaskedSpec(base: VirtualMachine | undefined): Partial<VirtualMachine['spec']> {
  if (!base) return {}
  const { running: _1, runStrategy: _2, dataVolumeTemplates: _3, ...unasked } = base.spec
  const { instancetype: _4, preference: _5, template: _6, ...spec } = unasked
  return spec
}

const instancetypeOf = (general: GeneralValues): Partial<VirtualMachine['spec']> => ({
  ...(general.sizing === 'instancetype' && {
    instancetype: matcherOf(general.instancetype, 'Instancetype'),
  }),
  ...(general.preference !== '' && { preference: matcherOf(general.preference, 'Preference') }),
})
