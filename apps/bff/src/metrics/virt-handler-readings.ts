import { parseSample, type PrometheusSample } from './prometheus-text.ts'
import type { Reading } from './reading.ts'

type Counter =
  | 'cpuSeconds'
  | 'storageReadBytes'
  | 'storageWriteBytes'
  | 'storageReads'
  | 'storageWrites'
  | 'networkReceiveBytes'
  | 'networkTransmitBytes'

/** Disks and interfaces have a series each. Older KubeVirt versions had some other names. */
const COUNTERS = new Map<string, Counter>([
  ['kubevirt_vmi_cpu_usage_seconds_total', 'cpuSeconds'],
  ['kubevirt_vmi_storage_read_traffic_bytes_total', 'storageReadBytes'],
  ['kubevirt_vmi_storage_write_traffic_bytes_total', 'storageWriteBytes'],
  ['kubevirt_vmi_storage_iops_read_total', 'storageReads'],
  ['kubevirt_vmi_storage_iops_write_total', 'storageWrites'],
  ['kubevirt_vmi_network_receive_bytes_total', 'networkReceiveBytes'],
  ['kubevirt_vmi_network_transmit_bytes_total', 'networkTransmitBytes'],
])

const AVAILABLE = 'kubevirt_vmi_memory_available_bytes'
const USABLE = 'kubevirt_vmi_memory_usable_bytes'
const UNUSED = 'kubevirt_vmi_memory_unused_bytes'
const RESIDENT = 'kubevirt_vmi_memory_resident_bytes'
const MEMORY = new Set([AVAILABLE, USABLE, UNUSED, RESIDENT])

const isWanted = (name: string): boolean => COUNTERS.has(name) || MEMORY.has(name)

/** Gathers readings from the series of a node's virt-handler. */
export class VirtHandlerReadings {
  readonly #readings = new Map<string, Reading>()
  readonly #memory = new Map<string, Map<string, number>>()
  readonly #node: string

  constructor(node: string) {
    this.#node = node
  }

  add(line: string): void {
    const sample = parseSample(line, isWanted)
    if (!sample || !Number.isFinite(sample.value)) return
    const { namespace, name } = sample.labels
    if (!namespace || !name) return
    const key = `${namespace}/${name}`
    const reading = this.#readings.get(key) ?? { key, node: this.#node }
    this.#readings.set(key, reading)
    const counter = COUNTERS.get(sample.name)
    if (counter) reading[counter] = (reading[counter] ?? 0) + sample.value
    else this.#addMemory(key, sample)
  }

  #addMemory(key: string, { name, value }: PrometheusSample): void {
    const memory = this.#memory.get(key) ?? new Map<string, number>()
    this.#memory.set(key, memory.set(name, value))
  }

  list(): Reading[] {
    return [...this.#readings.values()].map((reading) => {
      const memoryBytes = usedOf(this.#memory.get(reading.key))
      return { ...reading, ...(memoryBytes !== undefined && { memoryBytes }) }
    })
  }
}

/** As KubeVirt's own recording rule counts; a guest without a balloon driver does not tell. */
function usedOf(memory: Map<string, number> | undefined): number | undefined {
  const available = memory?.get(AVAILABLE)
  const free = memory?.get(USABLE) ?? memory?.get(UNUSED)
  if (available === undefined || free === undefined) return memory?.get(RESIDENT)
  return Math.max(0, available - free)
}
