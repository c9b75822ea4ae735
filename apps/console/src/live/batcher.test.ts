import { expect, test } from 'vitest'
import { createBatcher } from './batcher.ts'

function setUp(limit = 100) {
  const loads: number[][] = []
  const ask = createBatcher<number, string>({
    limit,
    load: (inputs) => {
      loads.push(inputs)
      if (inputs.includes(13)) return Promise.reject(new Error('unlucky'))
      return Promise.resolve(inputs.map(String))
    },
  })
  return { ask, loads }
}

test('what is asked for together travels together', async () => {
  const { ask, loads } = setUp()
  expect(await Promise.all([ask(1), ask(2), ask(3)])).toEqual(['1', '2', '3'])
  expect(loads).toEqual([[1, 2, 3]])
  expect(await ask(4)).toBe('4')
  expect(loads).toHaveLength(2)
})

test('no load is larger than the limit', async () => {
  const { ask, loads } = setUp(2)
  await Promise.all([1, 2, 3].map(ask))
  expect(loads).toEqual([[1, 2], [3]])
})

test('a failed load fails all that asked', async () => {
  const { ask } = setUp()
  const results = await Promise.allSettled([ask(1), ask(13)])
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
