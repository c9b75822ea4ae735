import { expect, it } from 'vitest'
import { ConsoleLimits } from './console-limits.ts'

const session = (name: string) => ({ user: { name, groups: [] } })

it('F-40 stops one user before the others notice', () => {
  const limits = new ConsoleLimits({ perUser: 2, total: 3 })
  const release = limits.acquire(session('jane'))
  limits.acquire(session('jane'))
  expect(() => limits.acquire(session('jane'))).toThrow(
    'You have as many consoles open as you may: 2.',
  )
  limits.acquire(session('joe'))
  expect(() => limits.acquire(session('joe'))).toThrow('All 3 consoles')
  release()
  release()
  limits.acquire(session('joe'))
  expect(() => limits.acquire(session('ann'))).toThrow('All 3 consoles')
})
