import type { FigureUnit } from './use-figure-formats.ts'

/** What an axis shows at least, so that next to nothing does not look like much. */
const LEAST: Record<FigureUnit, number> = { cpus: 100, bytes: 1024 ** 2, bytesPerSecond: 1024 }

/** The end of an axis: a round number in its unit, with all values below it. */
export function axisEnd(unit: FigureUnit, highest: number): number {
  const wanted = Math.max(highest, LEAST[unit])
  // Bytes are round in powers of two, everything else in ones, twos and fives.
  if (unit !== 'cpus') return 2 ** Math.ceil(Math.log2(wanted))
  const magnitude = 10 ** Math.floor(Math.log10(wanted))
  const step = [1, 2, 5, 10].find((one) => one * magnitude >= wanted) ?? 10
  return step * magnitude
}
