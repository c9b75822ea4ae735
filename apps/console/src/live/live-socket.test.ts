import type { LiveQuery, LiveServerFrame } from '@virtdeck/bff-contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveSocket, type LiveConnection } from './live-socket.ts'

/** The server's end of a connection. */
class FakeConnection extends EventTarget {
  readyState = 0
  readonly sent: unknown[] = []
  send = (data: string) => void this.sent.push(JSON.parse(data))
  close = () => this.drop(1000)
  accept(): void {
    this.readyState = 1
    this.dispatchEvent(new Event('open'))
  }
  drop(code: number): void {
    this.readyState = 3
    this.dispatchEvent(Object.assign(new Event('close'), { code }))
  }
  say(frame: LiveServerFrame): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data: JSON.stringify(frame) }))
  }
}

const query: LiveQuery = {
  kind: 'object',
  group: '',
  version: 'v1',
  resource: 'pods',
  name: 'a',
}

function setUp() {
  const connections: FakeConnection[] = []
  const onSessionEnded = vi.fn<() => void>()
  const socket = new LiveSocket({
    connect: () => {
      const connection = new FakeConnection()
      connections.push(connection)
      return connection as unknown as LiveConnection
    },
    onSessionEnded,
    backOff: (attempt) => attempt * 100,
  })
  const onFrame = vi.fn<(frame: LiveServerFrame) => void>()
  const onLost = vi.fn<() => void>()
  const subscribe = () => socket.subscribe({ query, onFrame, onLost })
  const last = () => connections.at(-1) as FakeConnection
  return { socket, connections, last, subscribe, onFrame, onLost, onSessionEnded }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('connects with the first subscription and brings its frames', () => {
  const { socket, last, subscribe, onFrame, connections } = setUp()
  expect(connections).toHaveLength(0)
  subscribe()
  expect(socket.state).toBe('connecting')
  last().accept()
  expect(socket.state).toBe('open')
  expect(last().sent).toEqual([{ type: 'subscribe', id: 1, query }])
  last().say({ type: 'object', id: 1, object: null })
  expect(onFrame).toHaveBeenCalledWith({ type: 'object', id: 1, object: null })
})

test('after a lost connection it tries again, later each time, and subscribes again', () => {
  const { socket, connections, last, subscribe, onLost } = setUp()
  subscribe()
  last().accept()
  last().drop(1006)
  expect(socket.state).toBe('reconnecting')
  expect(onLost).toHaveBeenCalledTimes(1)

  vi.advanceTimersByTime(100)
  expect(connections).toHaveLength(2)
  last().drop(1006)
  vi.advanceTimersByTime(199)
  expect(connections).toHaveLength(2)
  vi.advanceTimersByTime(1)
  expect(connections).toHaveLength(3)

  last().accept()
  expect(socket.state).toBe('open')
  expect(last().sent).toEqual([{ type: 'subscribe', id: 1, query }])
})

test('the user need not wait for the back-off', () => {
  const { socket, connections, last, subscribe } = setUp()
  subscribe()
  last().drop(1006)
  socket.retryNow()
  expect(connections).toHaveLength(2)
  vi.advanceTimersByTime(1000)
  expect(connections).toHaveLength(2)
})

test('an ended session is told once, and nothing reconnects', () => {
  const { socket, connections, last, subscribe, onSessionEnded } = setUp()
  subscribe()
  last().accept()
  last().drop(4401)
  vi.advanceTimersByTime(60_000)
  expect(socket.state).toBe('ended')
  expect(onSessionEnded).toHaveBeenCalledTimes(1)
  expect(connections).toHaveLength(1)
})

test('nothing comes for a subscription that has ended', () => {
  const { last, subscribe, onFrame } = setUp()
  const unsubscribe = subscribe()
  last().accept()
  unsubscribe()
  expect(last().sent.at(-1)).toEqual({ type: 'unsubscribe', id: 1 })
  last().say({ type: 'object', id: 1, object: null })
  expect(onFrame).not.toHaveBeenCalled()
})

test('frames of a kind that this page does not know are passed over', () => {
  const { last, subscribe, onFrame } = setUp()
  subscribe()
  last().accept()
  last().say({ type: 'news', id: 1 } as unknown as LiveServerFrame)
  expect(onFrame).not.toHaveBeenCalled()
})

test('closing is final', () => {
  const { socket, connections, last, subscribe } = setUp()
  subscribe()
  last().accept()
  socket.close()
  vi.advanceTimersByTime(60_000)
  expect(socket.state).toBe('ended')
  expect(connections).toHaveLength(1)
})
