import type { Figures, Reading } from './reading.ts'

const COUNTERS = [
  ['storageReadBytes', 'storageReadBytesPerSecond'],
  ['storageWriteBytes', 'storageWriteBytesPerSecond'],
  ['storageReads', 'storageReadsPerSecond'],
  ['storageWrites', 'storageWritesPerSecond'],
  ['networkReceiveBytes', 'networkReceiveBytesPerSecond'],
  ['networkTransmitBytes', 'networkTransmitBytesPerSecond'],
] as const

const MILLI = 1_000

/** Turns counters into rates, from one reading of a VM on a node to the next. */
export class Rates {
  #before = new Map<string, { reading: Reading; time: number }>()

  /**
   * The figures by VM. While a VM migrates two nodes tell of it: what they count adds up, and
   * what its memory holds is the larger of the two.
   */
  update(readings: readonly Reading[], time: number): Map<string, Figures> {
    const now = new Map<string, { reading: Reading; time: number }>()
    const figures = new Map<string, Figures>()
    for (const reading of readings) {
      const id = `${reading.node}/${reading.key}`
      const before = this.#before.get(id)
      now.set(id, { reading, time })
      const seconds = before ? (time - before.time) / MILLI : 0
      const one = figuresOf(reading, seconds > 0 ? before?.reading : undefined, seconds)
      figures.set(reading.key, together(figures.get(reading.key), one))
    }
    this.#before = now
    return figures
  }
}

function figuresOf(reading: Reading, before: Reading | undefined, seconds: number): Figures {
  const rate = (name: Exclude<keyof Reading, 'key' | 'node'>): number | undefined => {
    const [value, old] = [reading[name], before?.[name]]
    // A smaller counter began anew: the guest was started again.
    if (value === undefined || old === undefined || value < old) return undefined
    return (value - old) / seconds
  }
  const figures: Figures = {}
  const cpu = rate('cpuSeconds')
  const cpuMillicores = reading.cpuMillicores ?? (cpu === undefined ? cpu : cpu * MILLI)
  if (cpuMillicores !== undefined) figures.cpuMillicores = cpuMillicores
  if (reading.memoryBytes !== undefined) figures.memoryBytes = reading.memoryBytes
  for (const [counter, figure] of COUNTERS) {
    const value = rate(counter)
    if (value !== undefined) figures[figure] = value
  }
  return figures
}

function together(one: Figures | undefined, other: Figures): Figures {
  if (!one) return other
  const sum: Figures = { ...one }
  for (const [name, value] of Object.entries(other) as [keyof Figures, number][]) {
    sum[name] =
      name === 'memoryBytes' ? Math.max(sum[name] ?? 0, value) : (sum[name] ?? 0) + value
  }
  return sum
}
