import type { MetricsRange, MetricsSample } from '@virtdeck/bff-contract'
import { FIGURES, type Figures } from './reading.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Each range with the time that one of its samples stands for. */
const LEVELS = {
  '5m': { range: 5 * MINUTE, step: 15 * SECOND },
  '1h': { range: HOUR, step: MINUTE },
  '6h': { range: 6 * HOUR, step: 5 * MINUTE },
  '24h': { range: 24 * HOUR, step: 15 * MINUTE },
} as const satisfies Record<MetricsRange, { range: number; step: number }>

export const stepSecondsOf = (range: MetricsRange): number => LEVELS[range].step / SECOND

/** Of one level: a sum and a count for each figure, and which step a slot holds. */
interface Ring {
  range: number
  step: number
  slots: number
  steps: Float64Array
  sums: Float64Array
  counts: Uint8Array
}

/** The bytes that a VM's history takes, whatever happens: 22 + 62 + 74 + 98 slots of 80. */
export const BYTES_PER_VIRTUAL_MACHINE = Object.values(LEVELS).reduce(
  (total, level) => total + slotsOf(level) * (8 + FIGURES.length * (8 + 1)),
  0,
)

/** Two more than are shown: the oldest is half out of the range, the newest still fills. */
function slotsOf({ range, step }: { range: number; step: number }): number {
  return range / step + 2
}

/** What one VM used in the last 24 hours, the coarser the longer ago, in memory of a fixed size. */
export class History {
  readonly #rings = new Map<MetricsRange, Ring>()
  #since: number | undefined
  #latest: MetricsSample | undefined

  constructor() {
    for (const [range, level] of Object.entries(LEVELS)) {
      const slots = slotsOf(level)
      this.#rings.set(range as MetricsRange, {
        ...level,
        slots,
        steps: new Float64Array(slots).fill(-1),
        sums: new Float64Array(slots * FIGURES.length),
        counts: new Uint8Array(slots * FIGURES.length),
      })
    }
  }

  /** When the first sample came that may still be shown. */
  get since(): number | undefined {
    return this.#since
  }

  get latest(): MetricsSample | undefined {
    return this.#latest
  }

  add(time: number, figures: Figures): void {
    this.#since ??= time
    this.#latest = { time, ...figures }
    for (const ring of this.#rings.values()) addTo(ring, time, figures)
  }

  samples(range: MetricsRange, now: number): MetricsSample[] {
    const ring = this.#rings.get(range)
    if (!ring) return []
    const oldest = Math.floor((now - ring.range) / ring.step)
    const slots = [...ring.steps.keys()].filter((slot) => (ring.steps[slot] ?? -1) >= oldest)
    return slots
      .map((slot) => sampleAt(ring, slot))
      .toSorted((one, other) => one.time - other.time)
  }
}

function addTo(ring: Ring, time: number, figures: Figures): void {
  const step = Math.floor(time / ring.step)
  const slot = step % ring.slots
  const first = slot * FIGURES.length
  if (ring.steps[slot] !== step) {
    ring.steps[slot] = step
    ring.sums.fill(0, first, first + FIGURES.length)
    ring.counts.fill(0, first, first + FIGURES.length)
  }
  for (const [index, name] of FIGURES.entries()) {
    const value = figures[name]
    const at = first + index
    const count = ring.counts[at] ?? 0
    if (value === undefined || count === 255) continue
    ring.sums[at] = (ring.sums[at] ?? 0) + value
    ring.counts[at] = count + 1
  }
}

function sampleAt(ring: Ring, slot: number): MetricsSample {
  const sample: MetricsSample = { time: (ring.steps[slot] ?? 0) * ring.step }
  for (const [index, name] of FIGURES.entries()) {
    const at = slot * FIGURES.length + index
    const count = ring.counts[at] ?? 0
    if (count > 0) sample[name] = Math.round(((ring.sums[at] ?? 0) / count) * 10) / 10
  }
  return sample
}
