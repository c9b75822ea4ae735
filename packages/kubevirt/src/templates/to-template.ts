import type { KubernetesObject } from '@virtdeck/kubernetes'
import { NAME_PARAMETER } from '../create/named-base.ts'
import { operatingSystemOf } from '../create/operating-systems.ts'
import { toManifests, WORKLOADS, type ManifestOptions } from '../create/to-manifests.ts'
import type { GeneralValues, VirtualMachineCreateValues } from '../create/values.ts'
import { MAX_LABEL } from '../validation/names.ts'
import { TEMPLATE_TYPE_LABEL } from './template-labels.ts'
import { isVirtualMachine, type Template } from './template.ts'

/** Stands for the VM's name wherever a VM has it: its disks, its labels, its ConfigMap. */
const PLACEHOLDER = `\${${NAME_PARAMETER}}`

/** As long as OpenShift's own templates make what comes after the name. */
const GENERATED = '-[a-z0-9]{16}'
const GENERATED_LENGTH = 17

/**
 * F-60: the template of what was chosen in the wizard; pure. The name of its VMs stays open,
 * all else is in it. The one object that the wizard creates then.
 */
export function toTemplate(
  values: VirtualMachineCreateValues,
  options: ManifestOptions = {},
): Template {
  const { general } = values
  const open: VirtualMachineCreateValues = {
    ...values,
    general: {
      ...general,
      name: PLACEHOLDER,
      // What the template is for is said on the template; its VMs are described one by one.
      description: '',
      // Whoever makes a VM of it decides that.
      startOnCreation: false,
    },
  }
  return {
    apiVersion: 'template.openshift.io/v1',
    kind: 'Template',
    metadata: {
      name: general.name,
      namespace: general.namespace,
      annotations: annotationsOf(general),
      labels: labelsOf(general),
    },
    objects: toManifests(open, options).map((object) => openObject(object, general)),
    parameters: [
      {
        name: NAME_PARAMETER,
        description: 'Name of the virtual machine',
        generate: 'expression',
        from: generatorOf(general.name),
      },
    ],
  }
}

function annotationsOf(general: GeneralValues): Record<string, string> {
  const { operatingSystem: id, description, displayName, provider } = general
  const said = {
    description: description.trim(),
    'openshift.io/display-name': displayName.trim(),
    'openshift.io/provider-display-name': provider.trim(),
    'template.kubevirt.io/provider': provider.trim(),
    [`name.os.template.kubevirt.io/${id}`]: operatingSystemOf(id)?.name ?? id,
  }
  return Object.fromEntries(Object.entries(said).filter(([, text]) => text !== ''))
}

const labelsOf = (general: GeneralValues): Record<string, string> => ({
  [TEMPLATE_TYPE_LABEL]: 'vm',
  [`os.template.kubevirt.io/${general.operatingSystem}`]: 'true',
  [`workload.template.kubevirt.io/${WORKLOADS[general.workloadProfile]}`]: 'true',
  // An instance type is no flavor.
  ...(general.sizing === 'flavor' && {
    [`flavor.template.kubevirt.io/${general.flavor}`]: 'true',
  }),
})

/** Where it goes is said when it is made; a VM knows by its labels what it was made from. */
function openObject(object: KubernetesObject, general: GeneralValues): KubernetesObject {
  const { namespace: _, ...metadata } = object.metadata ?? {}
  if (!isVirtualMachine(object)) return { ...object, metadata }
  const labels = {
    ...metadata.labels,
    'vm.kubevirt.io/template': general.name.slice(0, MAX_LABEL),
    'vm.kubevirt.io/template.namespace': general.namespace,
  }
  return { ...object, metadata: { ...metadata, labels } }
}

/** A name that is made up must fit the labels that carry it. */
const generatorOf = (name: string): string =>
  name.slice(0, MAX_LABEL - GENERATED_LENGTH).replace(/[-.]+$/, '') + GENERATED
