import { expect, it } from 'vitest'
import { BYTES_PER_VIRTUAL_MACHINE, History } from './history.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const START = 1_000 * 24 * HOUR

/** A day of samples, the n-th of which says n. */
function day(): { history: History; end: number } {
  const history = new History()
  let time = START
  for (let count = 0; time < START + 24 * HOUR; count += 1, time += 15 * SECOND) {
    history.add(time, { cpuMillicores: count })
  }
  return { history, end: time - 15 * SECOND }
}

it.each([
  ['5m', 15 * SECOND, 21],
  ['1h', MINUTE, 61],
  ['6h', 5 * MINUTE, 73],
  ['24h', 15 * MINUTE, 96],
] as const)('keeps %s in steps of %d ms', (range, step, count) => {
  const { history, end } = day()
  const samples = history.samples(range, end)
  expect(samples).toHaveLength(count)
  const times = samples.map(({ time }) => time)
  expect(times).toEqual(times.map((_, index) => (times[0] ?? 0) + index * step))
  expect(times.at(-1)).toBe(Math.floor(end / step) * step)
})

it('tells the mean of a step', () => {
  const history = new History()
  for (const cpuMillicores of [10, 20, 60]) history.add(START, { cpuMillicores })
  history.add(START, { memoryBytes: 5 })
  expect(history.samples('1h', START)).toEqual([
    { time: START, cpuMillicores: 30, memoryBytes: 5 },
  ])
})

it('has no samples for the time in which a VM did not run', () => {
  const history = new History()
  history.add(START, { cpuMillicores: 1 })
  history.add(START + 10 * MINUTE, { cpuMillicores: 2 })
  const end = START + 10 * MINUTE
  expect(history.samples('1h', end).map(({ time }) => time)).toEqual([START, end])
  expect(history.samples('5m', end).map(({ time }) => time)).toEqual([end])
  expect(history.since).toBe(START)
  expect(history.latest).toEqual({ time: end, cpuMillicores: 2 })
})

it('takes the same memory after a second as after a day', () => {
  expect(BYTES_PER_VIRTUAL_MACHINE).toBe(20_480)
})
