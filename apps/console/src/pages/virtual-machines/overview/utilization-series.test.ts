import { expect, test } from 'vitest'
import { samplesSince, seriesOf } from './utilization-series.ts'

const stepMs = 15_000

test('a VM that did not run for a while leaves a gap', () => {
  const samples = [
    { time: 0, memoryBytes: 10 },
    { time: stepMs, memoryBytes: 30 },
    { time: 4 * stepMs, memoryBytes: 20 },
  ]
  expect(seriesOf(samples, { figure: 'memoryBytes', stepMs })).toEqual({
    figure: 'memoryBytes',
    points: [
      { x: 0, y: 10 },
      { x: stepMs, y: 30 },
      { x: 2 * stepMs, y: null },
      { x: 4 * stepMs, y: 20 },
    ],
    latest: 20,
    highest: 30,
  })
})

test('a figure that nobody knows has no values', () => {
  const series = seriesOf([{ time: 0 }], { figure: 'cpuMillicores', stepMs })
  expect(series).toMatchObject({ points: [{ x: 0, y: null }] })
  expect(series.latest).toBeUndefined()
  expect(series.highest).toBeUndefined()
})

test('what an earlier VM of the same name used is left out', () => {
  const samples = [{ time: 0 }, { time: 60_000 }, { time: 90_000 }]
  const created = new Date(70_000).toISOString()
  expect(samplesSince(samples, { created, stepMs }).map(({ time }) => time)).toEqual([
    60_000, 90_000,
  ])
  expect(samplesSince(samples, { created: undefined, stepMs })).toHaveLength(3)
})
