import type { MemoryUnit } from '../validation/quantities.ts'

/** What the choice of devices depends on. */
interface DeviceChoice {
  operatingSystem: string
  preference: string
}

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
  { id: 'debian', name: 'Debian', family: 'linux' },
  { id: 'ubuntu', name: 'Ubuntu', family: 'linux' },
  { id: 'opensuse', name: 'openSUSE', family: 'linux' },
  { id: 'linux', name: 'Linux', family: 'linux' },
  { id: 'windows10', name: 'Windows 10', family: 'windows' },
  { id: 'windows11', name: 'Windows 11', family: 'windows' },
  { id: 'windows2k19', name: 'Windows Server 2019', family: 'windows' },
  { id: 'windows2k22', name: 'Windows Server 2022', family: 'windows' },
  { id: 'windows2k25', name: 'Windows Server 2025', family: 'windows' },
]

export const operatingSystemOf = (id: string): OperatingSystem | undefined =>
  OPERATING_SYSTEMS.find((system) => system.id === id)

/** Also for systems that only a template knows: their ids begin with the family's name. */
export const isWindows = (id: string): boolean =>
  operatingSystemOf(id)?.family === 'windows' || /^win(dows|\d)/.test(id)

/** Devices that the guest has drivers for out of the box; a preference knows them itself. */
export function deviceDefaults({ operatingSystem, preference }: DeviceChoice): {
  bus: '' | 'virtio' | 'sata'
  model: '' | 'virtio' | 'e1000e'
} {
  if (preference !== '') return { bus: '', model: '' }
  return isWindows(operatingSystem)
    ? { bus: 'sata', model: 'e1000e' }
    : { bus: 'virtio', model: 'virtio' }
}
