import type {
  V1beta1VirtualMachineInstancetype as Instancetype,
  V1beta1VirtualMachineInstancetypeSpec as InstancetypeSpec,
  V1beta1VirtualMachinePreference as Preference,
  V1beta1VirtualMachinePreferenceSpec as PreferenceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { KubernetesObject, StatusCause } from '@virtdeck/kubernetes'
import { expandInstanceSpec } from '@virtdeck/kubevirt'
import type { AdmissionRequest } from '../../../registry.ts'
import { cause, type MachineSpec } from './cause.ts'
import { amount, printQuantity } from './quantities.ts'

interface Matcher {
  name?: string
  kind?: string
  revisionName?: string
}

/**
 * The VM's spec with its instance type and preference written out, as virt-api judges it, or why
 * that cannot be done.
 */
export function expandedMachine(
  spec: MachineSpec,
  namespace: string | undefined,
  lookup: AdmissionRequest['lookup'],
): { spec: MachineSpec; causes: StatusCause[] } {
  const found: Record<string, KubernetesObject | undefined> = {}
  for (const field of ['instancetype', 'preference'] as const) {
    const matcher: Matcher | undefined = spec[field]
    if (!matcher?.name) continue
    const noun = field === 'instancetype' ? 'Instancetype' : 'Preference'
    const kind = matcher.kind ?? `VirtualMachineCluster${noun}`
    const resource = `${kind.toLowerCase()}s.instancetype.kubevirt.io`
    const scope = kind.startsWith('VirtualMachineCluster') ? undefined : namespace
    found[field] = lookup(resource, scope, matcher.name)
    // A revision keeps what the object was when the VM was made.
    if (found[field] || matcher.revisionName) continue
    const message = `Failure to find ${field}: ${resource} "${matcher.name}" not found`
    return { spec, causes: [cause(`spec.${field}`, message, 'FieldValueNotFound')] }
  }
  const instancetype = (found.instancetype as Instancetype | undefined)?.spec
  const preference = (found.preference as Preference | undefined)?.spec
  if (!spec.template?.spec || (!instancetype && !preference)) return { spec, causes: [] }
  const expansion = expandInstanceSpec(spec.template.spec, { instancetype, preference })
  const causes = (expansion.conflicts ?? []).map((field) =>
    cause(field, `VM field(s) ${field} conflicts with selected instance type`),
  )
  if (!expansion.spec) return { spec, causes }
  return {
    spec: { ...spec, template: { ...spec.template, spec: expansion.spec } },
    causes: requirementCauses(instancetype, preference),
  }
}

function requirementCauses(
  instancetype: InstancetypeSpec | undefined,
  preference: PreferenceSpec | undefined,
): StatusCause[] {
  const { cpu, memory } = preference?.requirements ?? {}
  if (!instancetype) return []
  const { guest: cpus } = instancetype.cpu
  const size = instancetype.memory.guest
  const missing =
    cpu && cpus < cpu.guest
      ? `insufficient CPU resources of ${cpus} vCPU provided by instance type, preference requires ${cpu.guest} vCPU`
      : memory && amount(size) < amount(memory.guest)
        ? `insufficient Memory resources of ${printQuantity(size)} provided by instance type, preference requires ${printQuantity(memory.guest)}`
        : undefined
  if (missing === undefined) return []
  const message = `failure checking preference requirements: ${missing}`
  return [cause('spec.instancetype', message, 'FieldValueNotFound')]
}
