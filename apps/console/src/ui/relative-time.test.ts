import { expect, test } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = new Date('2026-11-23T12:00:00Z')
const ago = (time: string, language = 'en') =>
  relativeTime({ from: new Date(time), now, language })

test.each([
  ['2026-11-23T11:59:58Z', '2 seconds ago'],
  ['2026-11-23T11:57:01Z', '2 minutes ago'],
  ['2026-11-23T09:59:00Z', '2 hours ago'],
  ['2026-11-20T11:00:00Z', '3 days ago'],
])('%s was %s', (time, expected) => expect(ago(time)).toBe(expected))

test('a clock that is ahead of ours does not speak of the future', () => {
  expect(ago('2026-11-23T12:00:09Z')).toBe('0 seconds ago')
})

test('in Japanese', () => expect(ago('2026-11-23T11:57:01Z', 'ja')).toBe('2 分前'))
