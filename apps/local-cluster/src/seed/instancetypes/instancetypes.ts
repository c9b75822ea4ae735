import { seedOf, VENDOR } from './seed-of.ts'
import type { SeedObject } from '../index.ts'

type Size = readonly [name: string, cpus: number, memory: string]

interface Series {
  name: string
  class: string
  title: string
  description: string
  icon: string
  sizes: readonly Size[]
  /** What all sizes have beside CPUs and memory. */
  cpu?: object
  memory?: { overcommitPercent?: number; hugepages?: { pageSize: string } }
  spec?: object
  labels?: Record<string, string>
}

/** Twice as much from one size to the next. */
const doubled = (names: readonly string[], cpus: number, gibibytes: number): Size[] =>
  names.map((name, index) => [name, cpus * 2 ** index, `${gibibytes * 2 ** index}Gi`])

const LARGE = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge']

const GENERAL_SIZES: readonly Size[] = [
  ['nano', 1, '512Mi'],
  ['micro', 1, '1Gi'],
  ['small', 1, '2Gi'],
  ['medium', 1, '4Gi'],
  ['2xmedium', 2, '4Gi'],
  ...doubled(LARGE, 2, 8),
]

const EXCLUSIVE = { dedicatedCPUPlacement: true, isolateEmulatorThread: true }
const EXCLUSIVE_LABELS = { dedicatedCPUPlacement: 'true', isolateEmulatorThread: 'true' }
const QUIET_PROCESSORS = {
  'cpu-load-balancing.crio.io': 'disable',
  'cpu-quota.crio.io': 'disable',
  'irq-load-balancing.crio.io': 'disable',
}

const SERIES: readonly Series[] = [
  {
    name: 'u1',
    class: 'general.purpose',
    title: 'General Purpose',
    description:
      'The U Series is quite neutral and provides resources for general purpose applications.',
    icon: 'pficon-server-group',
    sizes: GENERAL_SIZES,
  },
  {
    name: 'o1',
    class: 'overcommitted',
    title: 'Overcommitted',
    description:
      'The O Series is based on the U Series, with the only difference being that memory is overcommitted.',
    icon: 'pficon-virtual-machine',
    sizes: GENERAL_SIZES,
    memory: { overcommitPercent: 50 },
  },
  {
    name: 'cx1',
    class: 'compute.exclusive',
    title: 'Compute Exclusive',
    description:
      'The CX Series provides exclusive compute resources for compute intensive applications.',
    icon: 'pficon-registry',
    sizes: doubled(['medium', ...LARGE], 1, 2),
    cpu: { ...EXCLUSIVE, numa: { guestMappingPassthrough: {} } },
    memory: { hugepages: { pageSize: '2Mi' } },
    spec: { ioThreadsPolicy: 'auto' },
    labels: { ...EXCLUSIVE_LABELS, numa: 'true' },
  },
  {
    name: 'm1',
    class: 'memory.intensive',
    title: 'Memory Intensive',
    description: 'The M Series provides resources for memory intensive applications.',
    icon: 'fa-memory',
    sizes: doubled(LARGE, 2, 16),
    memory: { hugepages: { pageSize: '2Mi' } },
  },
  {
    name: 'n1',
    class: 'network',
    title: 'Network',
    description:
      'The N Series provides resources for network intensive DPDK applications, like VNFs.',
    icon: 'fa-network-wired',
    sizes: [['medium', 4, '4Gi'], ...doubled(LARGE, 4, 8)],
    cpu: EXCLUSIVE,
    memory: { hugepages: { pageSize: '1Gi' } },
    spec: { annotations: QUIET_PROCESSORS },
    labels: EXCLUSIVE_LABELS,
  },
  {
    name: 'rt1',
    class: 'realtime',
    title: 'Realtime',
    description: 'The RT Series provides resources for realtime applications, like Oslat.',
    icon: 'fa-clock',
    sizes: [
      ['micro', 1, '1Gi'],
      ['small', 1, '2Gi'],
      ['medium', 1, '4Gi'],
      ...doubled(LARGE, 2, 8),
    ],
    cpu: { ...EXCLUSIVE, numa: { guestMappingPassthrough: {} }, realtime: {} },
    memory: { hugepages: { pageSize: '1Gi' } },
    spec: { annotations: QUIET_PROCESSORS },
    labels: { ...EXCLUSIVE_LABELS, numa: 'true', realtime: 'true' },
  },
]

/** KubeVirt's common instance types: series × sizes. */
export const instancetypes = (): SeedObject[] =>
  SERIES.flatMap((series) => series.sizes.map((size) => instancetype(series, size)))

function instancetype(series: Series, [size, cpus, guest]: Size): SeedObject {
  const { cpu, memory, spec, labels } = series
  const pageSize = memory?.hugepages?.pageSize
  return seedOf({
    kind: 'Instancetype',
    name: `${series.name}.${size}`,
    labels: {
      ...labels,
      class: series.class,
      cpu: String(cpus),
      ...(pageSize && { hugepages: pageSize }),
      'icon-pf': series.icon,
      memory: guest,
      size,
      vendor: VENDOR,
      version: '1',
    },
    annotations: {
      'instancetype.kubevirt.io/description': series.description,
      'instancetype.kubevirt.io/displayName': series.title,
    },
    spec: {
      ...spec,
      cpu: { ...cpu, guest: cpus },
      memory: { ...memory, guest },
    },
  })
}
