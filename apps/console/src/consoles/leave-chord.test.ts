import { expect, test } from 'vitest'
import { isLeaveChord } from './leave-chord.ts'

const press = (code: string, held = '') => ({
  code,
  ctrlKey: held.includes('ctrl'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
})

test.each([
  ['ShiftLeft', 'ctrl alt shift', true],
  ['ShiftRight', 'ctrl alt', true],
  ['AltLeft', 'ctrl shift', true],
  ['ControlRight', 'alt shift', true],
  ['ShiftLeft', 'ctrl', false],
  ['ShiftLeft', 'alt', false],
  ['KeyA', 'ctrl alt shift', false],
  ['Delete', 'ctrl alt', false],
  ['Tab', '', false],
])('F-40 %s with %s leaves the console: %s', (code, held, expected) => {
  expect(isLeaveChord(press(code, held))).toBe(expected)
})
