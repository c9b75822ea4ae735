import { MAX_SELECTED, type VirtualMachineRow } from '@virtdeck/bff-contract'
import { expect, test } from 'vitest'
import { NOTHING_SELECTED, select } from './selected-rows.ts'

const rows = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `development/vm-${first + index}`,
  })) as VirtualMachineRow[]

test('F-34 what finds no room in the selection is counted', () => {
  const almost = select(NOTHING_SELECTED, rows(0, MAX_SELECTED - 50), true)
  expect(almost.leftOut).toBe(0)
  const full = select(almost, rows(MAX_SELECTED - 50, 200), true)
  expect({ selected: full.byKey.size, leftOut: full.leftOut }).toEqual({
    selected: MAX_SELECTED,
    leftOut: 150,
  })
})

test('F-34 what is selected already may be selected again, and room is made by unticking', () => {
  const full = select(NOTHING_SELECTED, rows(0, MAX_SELECTED), true)
  expect(select(full, rows(0, 10), true).leftOut).toBe(0)
  const less = select(select(full, rows(MAX_SELECTED, 1), true), rows(0, 1), false)
  expect({ selected: less.byKey.size, leftOut: less.leftOut }).toEqual({
    selected: MAX_SELECTED - 1,
    leftOut: 0,
  })
})
