import { parseQuantity } from '@virtdeck/kubernetes'
import type { VirtualMachineInstanceSpec } from '../types.ts'

/** A guest's virtual CPUs; KubeVirt gives one where nothing is said. */
export function virtualCpus(spec: VirtualMachineInstanceSpec | undefined): number {
  const { cpu, resources } = spec?.domain ?? {}
  const { cores = 1, sockets = 1, threads = 1 } = cpu ?? {}
  const counted = cores * sockets * threads
  if (cpu?.cores ?? cpu?.sockets ?? cpu?.threads) return counted
  const requested = resources?.limits ?? resources?.requests
  return Math.max(1, Math.ceil(parseQuantity(requested?.['cpu'] ?? '1') ?? 1))
}

/** The memory that a guest sees, in bytes. */
export function guestMemoryBytes(
  spec: VirtualMachineInstanceSpec | undefined,
): number | undefined {
  const { memory, resources } = spec?.domain ?? {}
  const requested = resources?.requests?.['memory'] ?? resources?.limits?.['memory']
  const quantity = memory?.guest ?? requested
  return quantity === undefined ? undefined : parseQuantity(quantity)
}
