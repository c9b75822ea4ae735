import type { V1VirtualMachineInstanceSpec } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { formatBytes } from '@virtdeck/kubernetes'
import { guestMemoryBytes } from '@virtdeck/kubevirt'

/** The memory that a guest sees, for people. */
export function guestMemory(
  spec: V1VirtualMachineInstanceSpec | undefined,
): string | undefined {
  const bytes = guestMemoryBytes(spec)
  return bytes === undefined ? undefined : formatBytes(bytes)
}
