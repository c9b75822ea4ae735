import type { DiskStats } from '../drivers/driver.ts'
import type { InterfaceStats } from './interface-stats.ts'
import type { InstanceStats, Stats } from './stats.ts'

type Labels = Record<string, string>

interface Metric<T> {
  name: string
  type: 'counter' | 'gauge'
  help: string
  /** Undefined where that is not known: the metric is left out, not zero. */
  value: (of: T) => number | undefined
}

/** Names, types and meanings are KubeVirt's (docs/observability/metrics.md), so its dashboards work. */
const INSTANCE: Metric<InstanceStats>[] = [
  {
    name: 'kubevirt_vmi_cpu_usage_seconds_total',
    type: 'counter',
    help: 'Total CPU time spent in all modes (sum of both vcpu and hypervisor usage).',
    value: ({ cpuSeconds }) => cpuSeconds,
  },
  {
    name: 'kubevirt_vmi_memory_domain_bytes',
    type: 'gauge',
    help: 'The amount of memory in bytes allocated to the domain.',
    value: ({ memorySizeBytes }) => memorySizeBytes,
  },
  {
    name: 'kubevirt_vmi_memory_resident_bytes',
    type: 'gauge',
    help: 'Resident set size of the process running the domain.',
    value: ({ memoryBytes }) => memoryBytes,
  },
  {
    name: 'kubevirt_vmi_memory_available_bytes',
    type: 'gauge',
    help: 'Amount of usable memory as seen by the domain.',
    value: ({ guestMemory }) => guestMemory?.totalBytes,
  },
  {
    name: 'kubevirt_vmi_memory_unused_bytes',
    type: 'gauge',
    help: 'The amount of memory left completely unused by the system.',
    value: ({ guestMemory }) => guestMemory?.unusedBytes,
  },
  {
    name: 'kubevirt_vmi_memory_usable_bytes',
    type: 'gauge',
    help: 'The amount of memory which can be reclaimed by balloon without pushing the guest system to swap.',
    value: ({ guestMemory }) => guestMemory?.usableBytes,
  },
  {
    name: 'kubevirt_vmi_memory_cached_bytes',
    type: 'gauge',
    help: 'The amount of memory that is being used to cache I/O and is available to be reclaimed.',
    value: ({ guestMemory }) => guestMemory?.cachedBytes,
  },
]

const DISK: Metric<DiskStats>[] = [
  {
    name: 'kubevirt_vmi_storage_read_traffic_bytes_total',
    type: 'counter',
    help: 'Total number of bytes read from storage.',
    value: ({ readBytes }) => readBytes,
  },
  {
    name: 'kubevirt_vmi_storage_write_traffic_bytes_total',
    type: 'counter',
    help: 'Total number of written bytes.',
    value: ({ writtenBytes }) => writtenBytes,
  },
  {
    name: 'kubevirt_vmi_storage_iops_read_total',
    type: 'counter',
    help: 'Total number of I/O read operations.',
    value: ({ readOperations }) => readOperations,
  },
  {
    name: 'kubevirt_vmi_storage_iops_write_total',
    type: 'counter',
    help: 'Total number of I/O write operations.',
    value: ({ writeOperations }) => writeOperations,
  },
  {
    name: 'kubevirt_vmi_storage_read_times_seconds_total',
    type: 'counter',
    help: 'Total time spent on read operations.',
    value: ({ readSeconds }) => readSeconds,
  },
  {
    name: 'kubevirt_vmi_storage_write_times_seconds_total',
    type: 'counter',
    help: 'Total time spent on write operations.',
    value: ({ writeSeconds }) => writeSeconds,
  },
  {
    name: 'kubevirt_vmi_storage_flush_requests_total',
    type: 'counter',
    help: 'Total storage flush requests.',
    value: ({ flushOperations }) => flushOperations,
  },
  {
    name: 'kubevirt_vmi_storage_flush_times_seconds_total',
    type: 'counter',
    help: 'Total time spent on cache flushing.',
    value: ({ flushSeconds }) => flushSeconds,
  },
]

const INTERFACE: Metric<InterfaceStats>[] = [
  {
    name: 'kubevirt_vmi_network_receive_bytes_total',
    type: 'counter',
    help: 'Total network traffic received in bytes.',
    value: ({ receivedBytes }) => receivedBytes,
  },
  {
    name: 'kubevirt_vmi_network_transmit_bytes_total',
    type: 'counter',
    help: 'Total network traffic transmitted in bytes.',
    value: ({ transmittedBytes }) => transmittedBytes,
  },
  {
    name: 'kubevirt_vmi_network_receive_packets_total',
    type: 'counter',
    help: 'Total network traffic received packets.',
    value: ({ receivedPackets }) => receivedPackets,
  },
  {
    name: 'kubevirt_vmi_network_transmit_packets_total',
    type: 'counter',
    help: 'Total network traffic transmitted packets.',
    value: ({ transmittedPackets }) => transmittedPackets,
  },
  {
    name: 'kubevirt_vmi_network_receive_packets_dropped_total',
    type: 'counter',
    help: 'The total number of rx packets dropped on vNIC interfaces.',
    value: ({ receivedDropped }) => receivedDropped,
  },
]

/** The measurements in Prometheus' text format. */
export function prometheusText({ node, virtualMachineInstances }: Stats): string {
  const labelled = virtualMachineInstances.map((instance) => ({
    of: instance,
    labels: { node: node.name, namespace: instance.namespace, name: instance.name },
  }))
  const disks = labelled.flatMap(({ of, labels }) =>
    of.disks.map((disk) => ({ of: disk, labels: { ...labels, drive: disk.name } })),
  )
  const interfaces = labelled.flatMap(({ of, labels }) =>
    of.interfaces.map((nic) => ({ of: nic, labels: { ...labels, interface: nic.name } })),
  )
  return [
    ...INSTANCE.map((metric) => family(metric, labelled)),
    ...DISK.map((metric) => family(metric, disks)),
    ...INTERFACE.map((metric) => family(metric, interfaces)),
  ].join('')
}

function family<T>(metric: Metric<T>, series: { of: T; labels: Labels }[]): string {
  const { name, type, help, value } = metric
  const lines = series.flatMap(({ of, labels }) => {
    const number = value(of)
    return number === undefined ? [] : [`${name}{${textOf(labels)}} ${number}\n`]
  })
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function textOf(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
