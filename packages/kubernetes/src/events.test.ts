import { expect, test } from 'vitest'
import { eventOrder, lastSeenAt } from './events.ts'

const at = '2026-11-24T00:06:56'
const event = (name: string, resourceVersion: string, times: object) => ({
  metadata: { name, resourceVersion, creationTimestamp: `${at}Z` },
  ...times,
})

test('events of one second are in the order in which they were written', () => {
  const events = [
    event('started', '1110', { lastTimestamp: `${at}Z` }),
    event('scheduled', '976', { eventTime: `${at}.309000Z` }),
    event('later', '12', { lastTimestamp: '2026-11-24T00:06:57Z' }),
    event('created', '960', { lastTimestamp: `${at}Z` }),
  ]
  const sorted = events.toSorted((a, b) => (eventOrder(a) < eventOrder(b) ? -1 : 1))
  expect(sorted.map(({ metadata }) => metadata.name)).toEqual([
    'created',
    'scheduled',
    'started',
    'later',
  ])
})

test('a series was seen when it was last observed', () => {
  const series = { lastObservedTime: '2026-11-24T00:09:00.000000Z' }
  expect(lastSeenAt(event('probe', '1', { eventTime: `${at}Z`, series }))).toBe(
    series.lastObservedTime,
  )
})
