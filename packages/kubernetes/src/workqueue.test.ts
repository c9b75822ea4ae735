import { describe, expect, it, vi } from 'vitest'
import { Workqueue } from './workqueue.ts'

describe('Workqueue', () => {
  it('works on a key once however often it was added while it waited', async () => {
    const worked: string[] = []
    let release = () => {}
    const gate = new Promise<void>((resolve) => (release = resolve))
    const queue = new Workqueue({
      reconcile: async (key) => {
        worked.push(key)
        await gate
      },
    })
    queue.add('a')
    queue.add('b')
    queue.add('b')
    queue.add('a')
    release()
    await vi.waitFor(() => expect(worked).toEqual(['a', 'b', 'a']))
    await queue.stop()
  })

  it('tries a failed key again', async () => {
    const errors: unknown[] = []
    let attempts = 0
    const queue = new Workqueue({
      reconcile: async () => {
        attempts += 1
        if (attempts < 3) throw new Error(`attempt ${attempts}`)
      },
      onError: (_key, error) => errors.push(error),
    })
    queue.add('a')
    await vi.waitFor(() => expect(attempts).toBe(3))
    expect(errors).toHaveLength(2)
    await queue.stop()
  })

  it.each([
    { case: 'asked for soon', second: { requeueAfterMs: 1 } },
    { case: 'failed', second: new Error('a conflict') },
  ])('brings back soon a key that was due much later: $case', async ({ second }) => {
    let times = 0
    const queue = new Workqueue({
      reconcile: async () => {
        times += 1
        if (times === 1) return { requeueAfterMs: 3_600_000 }
        if (times > 2) return undefined
        if (second instanceof Error) throw second
        return second
      },
    })
    queue.add('a')
    await vi.waitFor(() => expect(times).toBe(1))
    queue.add('a')
    await vi.waitFor(() => expect(times).toBe(3))
    await queue.stop()
  })

  it('keeps the earlier time of a key that may wait longer', async () => {
    let times = 0
    const queue = new Workqueue({
      reconcile: async () => {
        times += 1
      },
    })
    queue.addAfter('a', 5)
    queue.addAfter('a', 3_600_000)
    await vi.waitFor(() => expect(times).toBe(1))
    await queue.stop()
  })

  it('stops only when running keys are done', async () => {
    let finished = false
    const queue = new Workqueue({
      reconcile: async () => {
        await new Promise((resolve) => setTimeout(resolve, 20))
        finished = true
      },
    })
    queue.add('a')
    await queue.stop()
    expect(finished).toBe(true)
  })
})
