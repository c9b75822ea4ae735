import { expect, test } from 'vitest'
import { matchingEntries, nextPosition } from './palette-entries.ts'

const entry = (label: string) => ({ id: label, label, onChoose: () => undefined })
const entries = ['Virtual Machines', 'Storage classes', 'Copy SSH command'].map(entry)
const found = (text: string) => matchingEntries(entries, text).map(({ label }) => label)

test('all words have to be there, in any order and case', () => {
  expect(found('')).toHaveLength(3)
  expect(found('mach virt')).toEqual(['Virtual Machines'])
  expect(found(' ssh ')).toEqual(['Copy SSH command'])
  expect(found('ssh virtual')).toEqual([])
})

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 2, 0],
  ['ArrowUp', 0, 2],
  ['x', 1, 1],
])('%s at %i goes to %i', (key, position, expected) => {
  expect(nextPosition(key, position, 3)).toBe(expected)
})

test('without entries there is nowhere to go', () => {
  expect(nextPosition('ArrowUp', 0, 0)).toBe(0)
})
