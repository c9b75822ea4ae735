import { QueryClient } from '@tanstack/react-query'
import type { LiveQuery } from '@virtdeck/bff-contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { LiveSocket } from './live-socket.ts'
import { liveKey, LiveSubscriptions } from './live-subscriptions.ts'

type Subscription = Parameters<LiveSocket['subscribe']>[0]

const query: LiveQuery = {
  kind: 'object',
  group: '',
  version: 'v1',
  resource: 'pods',
  name: 'a',
}

function setUp() {
  const started: Subscription[] = []
  const ended = vi.fn<() => void>()
  const socket = {
    subscribe: (subscription: Subscription) => {
      started.push(subscription)
      return ended
    },
  }
  const queryClient = new QueryClient()
  const subscriptions = new LiveSubscriptions(socket as unknown as LiveSocket, queryClient)
  return {
    subscriptions,
    started,
    ended,
    content: () => queryClient.getQueryData(liveKey(query)),
    queryClient,
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('two readers of a query share one subscription', () => {
  const { subscriptions, started, content } = setUp()
  subscriptions.read(query)
  subscriptions.read({ ...query })
  expect(started).toHaveLength(1)
  started[0]?.onFrame({ type: 'object', id: 1, object: { kind: 'Pod' } })
  expect(content()).toMatchObject({ state: 'ready', object: { kind: 'Pod' } })
})

test('a subscription outlives its last reader for a moment, so that tabs can be changed', () => {
  const { subscriptions, started, ended } = setUp()
  subscriptions.read(query)()
  vi.advanceTimersByTime(1000)
  const stop = subscriptions.read(query)
  vi.advanceTimersByTime(10_000)
  expect(started).toHaveLength(1)
  expect(ended).not.toHaveBeenCalled()
  stop()
  vi.advanceTimersByTime(10_000)
  expect(ended).toHaveBeenCalledTimes(1)
})

test.each([
  [401, false, null],
  [401, true, { user: { name: 'jane' } }],
  [403, false, { user: { name: 'jane' } }],
])('a refusal with %i (tried again: %o) leaves the session %o', (status, retrying, left) => {
  const { subscriptions, started, queryClient } = setUp()
  queryClient.setQueryData(['session'], { user: { name: 'jane' } })
  subscriptions.read(query)
  const error = { status, reason: '', message: 'Unauthorized' }
  started[0]?.onFrame({ type: 'error', id: 1, error, retrying })
  expect(queryClient.getQueryData(['session'])).toEqual(left)
})

test('what nobody follows any more is kept as stale', () => {
  const { subscriptions, started, content } = setUp()
  const stop = subscriptions.read(query)
  started[0]?.onFrame({ type: 'object', id: 1, object: { kind: 'Pod' } })
  stop()
  vi.advanceTimersByTime(10_000)
  expect(content()).toMatchObject({ state: 'stale', object: { kind: 'Pod' } })
})
