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
