import { expect, it } from 'vitest'
import { readOptions } from './options.mjs'

it('keeps consoles open unless told otherwise', () => {
  expect(readOptions([]).idleMinutes).toBe(0)
  expect(readOptions(['--idle', '30']).idleMinutes).toBe(30)
})

it.each(['soon', '-1', '1.5'])('refuses to wait %s minutes', (minutes) => {
  expect(() => readOptions([`--idle=${minutes}`])).toThrow('--idle must be a number of minutes')
})
