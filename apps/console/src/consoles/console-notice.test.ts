import { expect, test } from 'vitest'
import { noticeOf } from './console-notice.ts'
import type { ConsoleState } from './console-state.ts'

test.each<[ConsoleState, string]>([
  [{ name: 'waiting', guest: 'stopped' }, 'inactive stopped [start]'],
  [{ name: 'waiting', guest: 'starting' }, 'pending starting []'],
  [{ name: 'waiting', guest: 'stopping' }, 'pending stopping []'],
  [{ name: 'waiting', guest: 'missing' }, 'missing missing []'],
  [{ name: 'waiting', guest: 'unknown' }, 'pending waiting [disconnect]'],
  [{ name: 'connecting' }, 'pending connecting [disconnect]'],
  [{ name: 'reconnecting', attempt: 3 }, 'pending reconnecting [retryNow disconnect]'],
  [{ name: 'disconnected', reason: 'byUser' }, 'inactive byUser [connect]'],
  [{ name: 'disconnected', reason: 'inUse' }, 'inactive inUse [takeOver connect]'],
  [{ name: 'disconnected', reason: 'takenOver' }, 'inactive takenOver [reconnect takeOver]'],
  [{ name: 'disconnected', reason: 'unstable' }, 'inactive unstable [reconnect]'],
  [{ name: 'failed', message: 'no', status: 403 }, 'missing forbidden [reconnect]'],
  [{ name: 'failed', message: 'no', status: 401 }, 'missing signedOut []'],
  [{ name: 'failed', message: 'broken' }, 'missing failed [reconnect]'],
  [
    { name: 'failed', message: 'No graphics devices are present.', status: 400 },
    'missing noDevice []',
  ],
])('F-40 %j is never blank: %s', (state, expected) => {
  const notice = noticeOf(state, 'running')
  const title = notice?.title.split('.')[2]
  expect(`${notice?.type} ${title} [${notice?.actions.join(' ')}]`).toBe(expected)
})

test('F-40 a connected console speaks for itself', () => {
  expect(noticeOf({ name: 'connected' }, 'running')).toBeUndefined()
})

test('F-40 without a guest, why one disconnected does not matter', () => {
  const notice = noticeOf({ name: 'disconnected', reason: 'byUser' }, 'stopped')
  expect(notice?.actions).toEqual(['start'])
})
