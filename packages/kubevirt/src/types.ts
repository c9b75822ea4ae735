/** KubeVirt's and CDI's published types under the names that people use. */
export type {
  V1DataVolumeTemplateSpec as DataVolumeTemplate,
  V1Disk as Disk,
  V1Interface as NetworkInterface,
  V1Network as Network,
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1VirtualMachineInstanceSpec as VirtualMachineInstanceSpec,
  V1Volume as Volume,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
export type { V1beta1DataVolume as DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
