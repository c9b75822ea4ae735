import { parseQuantity } from '@virtdeck/kubernetes'
import type { VirtualMachineInstance } from '../informers.ts'

const KIB = 1024
const MIB = 1024 * KIB

/** Used for CPU requests unless they are given: ten vCPUs share a core. */
const CPU_ALLOCATION_RATIO = 10

/** The launcher's processes: monitor, launcher, virtlogd, virtqemud, QEMU itself. */
const PROCESSES = (25 + 100 + 25 + 40 + 30) * MIB
const FOR_EACH_VCPU = 8 * MIB
const IO_THREAD = 8 * MIB
const GRAPHICS = 32 * MIB

export interface Resources {
  requests: Record<string, string>
  limits: Record<string, string>
}

export function vcpusOf({ spec }: VirtualMachineInstance): number {
  const { cores = 1, sockets = 1, threads = 1 } = spec.domain.cpu ?? {}
  return cores * sockets * threads
}

/** Bytes of memory that the guest gets. */
function memoryOf({ spec }: VirtualMachineInstance): number {
  const { memory, resources } = spec.domain
  const quantity = resources?.requests?.memory ?? memory?.guest ?? resources?.limits?.memory
  return parseQuantity(String(quantity ?? '0')) ?? 0
}

/** What a guest needs besides its memory. Source: kubevirt `GetMemoryOverhead`. */
export function memoryOverhead(instance: VirtualMachineInstance): number {
  const pageTables = memoryOf(instance) / 512
  const { autoattachGraphicsDevice } = instance.spec.domain.devices
  const graphics = autoattachGraphicsDevice === false ? 0 : GRAPHICS
  return pageTables + PROCESSES + vcpusOf(instance) * FOR_EACH_VCPU + IO_THREAD + graphics
}

/** Requests and limits of the container `compute`. */
export function computeResources(instance: VirtualMachineInstance): Resources {
  const { domain, networks = [] } = instance.spec
  const { requests = {}, limits = {}, overcommitGuestOverhead } = domain.resources ?? {}
  const overhead = memoryOverhead(instance)
  const withOverhead = (bytes: number): string => `${Math.ceil((bytes + overhead) / KIB)}Ki`
  const cpu = domain.cpu?.dedicatedCpuPlacement
    ? String(vcpusOf(instance))
    : (requests['cpu'] ?? `${Math.ceil((vcpusOf(instance) * 1000) / CPU_ALLOCATION_RATIO)}m`)
  const memory = memoryOf(instance)
  const limit = limits['memory']
  const device = networks.length > 0 ? { 'devices.kubevirt.io/tun': '1' } : {}
  return {
    requests: {
      ...device,
      cpu: String(limits['cpu'] !== undefined && !requests['cpu'] ? limits['cpu'] : cpu),
      'ephemeral-storage': '50M',
      memory: overcommitGuestOverhead ? `${Math.ceil(memory / KIB)}Ki` : withOverhead(memory),
    },
    limits: {
      ...device,
      ...(limits['cpu'] !== undefined && { cpu: String(limits['cpu']) }),
      ...(domain.cpu?.dedicatedCpuPlacement && { cpu }),
      ...(limit !== undefined && { memory: withOverhead(parseQuantity(String(limit)) ?? 0) }),
    },
  }
}
