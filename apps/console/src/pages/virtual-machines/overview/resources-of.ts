import type { V1VirtualMachineInstanceSpec } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { formatBytes, parseQuantity } from '@virtdeck/kubernetes'

/** A guest's virtual CPUs; KubeVirt gives one where nothing is said. */
export function virtualCpus(spec: V1VirtualMachineInstanceSpec | undefined): number {
  const { cpu, resources } = spec?.domain ?? {}
  const { cores = 1, sockets = 1, threads = 1 } = cpu ?? {}
  const counted = cores * sockets * threads
  if (cpu?.cores ?? cpu?.sockets ?? cpu?.threads) return counted
  const requested = resources?.limits ?? resources?.requests
  return Math.max(1, Math.ceil(parseQuantity(requested?.['cpu'] ?? '1') ?? 1))
}

/** The memory that a guest sees, for people. */
export function guestMemory(
  spec: V1VirtualMachineInstanceSpec | undefined,
): string | undefined {
  const { memory, resources } = spec?.domain ?? {}
  const requests = resources?.requests
  const limits = resources?.limits
  const quantity = memory?.guest ?? requests?.['memory'] ?? limits?.['memory']
  const bytes = quantity === undefined ? undefined : parseQuantity(quantity)
  return bytes === undefined ? undefined : formatBytes(bytes)
}
