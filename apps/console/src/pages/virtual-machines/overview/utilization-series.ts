import type { MetricsSample } from '@virtdeck/bff-contract'

export type Figure = Exclude<keyof MetricsSample, 'time'>

export interface Point {
  x: number
  /** null where nothing is known: the line has a gap there. */
  y: number | null
}

export interface Series {
  figure: Figure
  points: Point[]
  latest: number | undefined
  highest: number | undefined
}

/** One figure over the time; steps without a sample are gaps, not straight lines. */
export function seriesOf(
  samples: readonly MetricsSample[],
  { figure, stepMs }: { figure: Figure; stepMs: number },
): Series {
  const points: Point[] = []
  for (const sample of samples) {
    const before = points.at(-1)
    if (before && sample.time - before.x > 1.5 * stepMs) {
      points.push({ x: before.x + stepMs, y: null })
    }
    points.push({ x: sample.time, y: sample[figure] ?? null })
  }
  const values = points.flatMap(({ y }) => y ?? [])
  return {
    figure,
    points,
    latest: points.at(-1)?.y ?? undefined,
    highest: values.length > 0 ? Math.max(...values) : undefined,
  }
}

/** A VM that was made anew under an old name has nothing to do with what the old one used. */
export function samplesSince(
  samples: readonly MetricsSample[],
  { created, stepMs }: { created: string | undefined; stepMs: number },
): MetricsSample[] {
  const since = created === undefined ? 0 : Date.parse(created) - stepMs
  return samples.filter(({ time }) => time >= since)
}
