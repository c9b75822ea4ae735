import { expect, it } from 'vitest'
import { Rates } from './rates.ts'

const key = 'shop/db'

it('tells rates from the second reading on', () => {
  const rates = new Rates()
  const first = { key, node: 'a', cpuSeconds: 10, memoryBytes: 5, networkReceiveBytes: 100 }
  expect(rates.update([first], 0)).toEqual(new Map([[key, { memoryBytes: 5 }]]))
  const second = { ...first, cpuSeconds: 13, networkReceiveBytes: 400 }
  expect(rates.update([second], 15_000).get(key)).toEqual({
    cpuMillicores: 200,
    memoryBytes: 5,
    networkReceiveBytesPerSecond: 20,
  })
})

it('tells no rate over the restart of a guest, whose counters begin anew', () => {
  const rates = new Rates()
  rates.update([{ key, node: 'a', cpuSeconds: 10 }], 0)
  expect(rates.update([{ key, node: 'a', cpuSeconds: 1 }], 15_000).get(key)).toEqual({})
  const next = rates.update([{ key, node: 'a', cpuSeconds: 4 }], 30_000)
  expect(next.get(key)).toEqual({ cpuMillicores: 200 })
})

it('adds up the two nodes of a migration, and does not mix their counters', () => {
  const rates = new Rates()
  rates.update([{ key, node: 'a', cpuSeconds: 100, memoryBytes: 8 }], 0)
  const both = [
    { key, node: 'a', cpuSeconds: 101, memoryBytes: 8 },
    { key, node: 'b', cpuSeconds: 0, memoryBytes: 3 },
  ]
  expect(rates.update(both, 10_000).get(key)).toEqual({ cpuMillicores: 100, memoryBytes: 8 })
  const after = [{ key, node: 'b', cpuSeconds: 2, memoryBytes: 8 }]
  expect(rates.update(after, 20_000).get(key)).toEqual({ cpuMillicores: 200, memoryBytes: 8 })
})

it('passes on what is a rate already', () => {
  const figures = new Rates().update([{ key, node: 'pod', cpuMillicores: 250 }], 0)
  expect(figures.get(key)).toEqual({ cpuMillicores: 250 })
})
