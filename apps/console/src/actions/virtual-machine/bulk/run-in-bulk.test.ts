import { expect, test } from 'vitest'
import { runInBulk, type BulkOutcome } from './run-in-bulk.ts'

test('F-34 all get their turn, few at a time, and each its own outcome', async () => {
  const outcomes = new Map<number, BulkOutcome[]>()
  let running = 0
  let most = 0
  await runInBulk({
    targets: [1, 2, 3, 4, 5, 6, 7],
    concurrency: 3,
    run: async (target) => {
      running += 1
      most = Math.max(most, running)
      await Promise.resolve()
      running -= 1
      if (target === 2) throw new Error('VM is not running')
    },
    explain: (error) => (error as Error).message,
    onOutcome: (target, outcome) =>
      outcomes.set(target, [...(outcomes.get(target) ?? []), outcome]),
  })
  expect(most).toBe(3)
  expect(outcomes.size).toBe(7)
  expect(outcomes.get(7)).toEqual([{ state: 'running' }, { state: 'done' }])
  expect(outcomes.get(2)?.at(-1)).toEqual({ state: 'failed', message: 'VM is not running' })
})
