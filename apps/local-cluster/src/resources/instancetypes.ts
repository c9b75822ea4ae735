import type { ResourceDefinition } from '../registry.ts'
import { CUSTOM_AGE } from './columns.ts'
import { customKind } from './define.ts'

const GROUP = 'instancetype.kubevirt.io'

/** Their CRDs have no columns of their own; a kube-apiserver then shows the age. */
const kindOf = (
  kind: string,
  names: { resource: string; shortNames: string[]; namespaced: boolean },
): ResourceDefinition =>
  customKind({
    ...names,
    group: GROUP,
    versions: ['v1beta1'],
    kind,
    component: `io.kubevirt.v1beta1.${kind}`,
    columns: [CUSTOM_AGE],
    ...(names.namespaced ? { categories: ['all'] } : {}),
  })

export const virtualMachineInstancetype = kindOf('VirtualMachineInstancetype', {
  resource: 'virtualmachineinstancetypes',
  shortNames: ['vminstancetype', 'vminstancetypes', 'vmf', 'vmfs'],
  namespaced: true,
})

export const virtualMachineClusterInstancetype = kindOf('VirtualMachineClusterInstancetype', {
  resource: 'virtualmachineclusterinstancetypes',
  shortNames: ['vmclusterinstancetype', 'vmclusterinstancetypes', 'vmcf', 'vmcfs'],
  namespaced: false,
})

export const virtualMachinePreference = kindOf('VirtualMachinePreference', {
  resource: 'virtualmachinepreferences',
  shortNames: ['vmpref', 'vmprefs', 'vmp', 'vmps'],
  namespaced: true,
})

export const virtualMachineClusterPreference = kindOf('VirtualMachineClusterPreference', {
  resource: 'virtualmachineclusterpreferences',
  shortNames: ['vmcp', 'vmcps'],
  namespaced: false,
})
