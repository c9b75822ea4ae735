import type { MemoryUnit } from '../validation/quantities.ts'

/** An operating system to choose; its id is that of libosinfo, as KubeVirt's templates use it. */
export interface OperatingSystem {
  id: string
  /** A product's name, the same in every language. */
  name: string
  family: 'linux' | 'windows'
  /** What a guest gets unless another size is chosen; others start as `small`. */
  memory?: { amount: string; unit: MemoryUnit }
}

/** The small guest for trying things out; it is happy with very little. */
export const SAMPLE_OPERATING_SYSTEM = 'linux-sample'

export const OPERATING_SYSTEMS: readonly OperatingSystem[] = [
  {
    id: SAMPLE_OPERATING_SYSTEM,
    name: 'Linux (sample)',
    family: 'linux',
    memory: { amount: '128', unit: 'Mi' },
  },
  { id: 'fedora', name: 'Fedora', family: 'linux' },
  { id: 'centos-stream9', name: 'CentOS Stream 9', family: 'linux' },
  { id: 'rhel9', name: 'Red Hat Enterprise Linux 9', family: 'linux' },
  { id: 'debian12', name: 'Debian 12', family: 'linux' },
  { id: 'ubuntu24.04', name: 'Ubuntu 24.04', family: 'linux' },
  { id: 'opensuse', name: 'openSUSE', family: 'linux' },
  { id: 'linux', name: 'Linux', family: 'linux' },
  { id: 'windows10', name: 'Windows 10', family: 'windows' },
  { id: 'windows11', name: 'Windows 11', family: 'windows' },
  { id: 'windows2k22', name: 'Windows Server 2022', family: 'windows' },
]

export const operatingSystemOf = (id: string): OperatingSystem | undefined =>
  OPERATING_SYSTEMS.find((system) => system.id === id)

/** Devices that the guest has drivers for out of the box. */
export function deviceDefaults(operatingSystem: string): {
  bus: 'virtio' | 'sata'
  model: 'virtio' | 'e1000e'
} {
  return operatingSystemOf(operatingSystem)?.family === 'windows'
    ? { bus: 'sata', model: 'e1000e' }
    : { bus: 'virtio', model: 'virtio' }
}
