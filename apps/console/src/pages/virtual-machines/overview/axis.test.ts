import { expect, test } from 'vitest'
import { axisEnd } from './axis.ts'

test.each([
  ['cpus', 0, 100],
  ['cpus', 372, 500],
  ['cpus', 1_000, 1_000],
  ['cpus', 1_001, 2_000],
  ['cpus', 9_000, 10_000],
  ['bytes', 54 * 1024 ** 2, 64 * 1024 ** 2],
  ['bytesPerSecond', 0, 1024],
  ['bytesPerSecond', 1.7 * 1024 ** 2, 2 * 1024 ** 2],
] as const)('an axis of %s up to %d ends at %d', (unit, highest, end) =>
  expect(axisEnd(unit, highest)).toBe(end),
)
