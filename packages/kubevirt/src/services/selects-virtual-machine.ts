import type { VirtualMachine, VirtualMachineInstance } from '../types.ts'

interface Service {
  spec?: { selector?: Record<string, string> }
}

/** What virt-controller adds to the labels of a launcher pod, as far as the VM tells it. */
function podLabelsOf(
  { metadata, spec }: Pick<VirtualMachine, 'metadata' | 'spec'>,
  instance: VirtualMachineInstance | null | undefined,
): Record<string, string> {
  const { name = '' } = metadata ?? {}
  const { uid } = instance?.metadata ?? {}
  return {
    ...(instance?.metadata?.labels ?? spec.template?.metadata?.labels),
    'kubevirt.io': 'virt-launcher',
    'vm.kubevirt.io/name': spec.template?.spec?.hostname ?? name,
    'kubevirt.io/domain': name,
    ...(uid !== undefined && { 'kubevirt.io/created-by': uid }),
  }
}

/**
 * Whether a Service sends its traffic to the VM: its selector is about the launcher pod, whose
 * labels are the VMI's. One without a selector has endpoints that somebody else writes.
 */
export function selectsVirtualMachine(
  { spec }: Service,
  virtualMachine: Pick<VirtualMachine, 'metadata' | 'spec'>,
  instance?: VirtualMachineInstance | null,
): boolean {
  const wanted = Object.entries(spec?.selector ?? {})
  const labels = podLabelsOf(virtualMachine, instance)
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}
