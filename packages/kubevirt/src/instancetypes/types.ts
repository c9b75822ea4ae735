import type {
  V1VirtualMachineInstanceSpec as InstanceSpec,
  V1beta1VirtualMachineInstancetypeSpec as InstancetypeSpec,
  V1beta1VirtualMachinePreferenceSpec as PreferenceSpec,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'

export type { InstanceSpec, InstancetypeSpec, PreferenceSpec }

/** What a VM's instance type and preference say, where it has them. */
export interface Choices {
  instancetype: InstancetypeSpec | undefined
  preference: PreferenceSpec | undefined
}
