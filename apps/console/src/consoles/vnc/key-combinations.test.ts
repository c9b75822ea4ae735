import { expect, test } from 'vitest'
import { KEY_COMBINATIONS, strokesOf } from './key-combinations.ts'

const combinations = KEY_COMBINATIONS.flat()

function strokes(label: string): string {
  const combination = combinations.find((each) => each.label === label)
  if (!combination) throw new Error(`no ${label}`)
  return strokesOf(combination)
    .map(({ code, keysym, down }) => `${down ? '+' : '-'}${code}:${keysym.toString(16)}`)
    .join(' ')
}

test('F-41 the menu has the keys that a browser keeps for itself', () => {
  expect(combinations.map(({ label }) => label)).toEqual([
    'Ctrl+Alt+Del',
    'Ctrl+Alt+Backspace',
    'Print Screen',
    ...Array.from({ length: 12 }, (_, index) => `Ctrl+Alt+F${index + 1}`),
  ])
})

test('F-41 keys go down in order and up in reverse', () => {
  expect(strokes('Ctrl+Alt+Del')).toBe(
    '+ControlLeft:ffe3 +AltLeft:ffe9 +Delete:ffff -Delete:ffff -AltLeft:ffe9 -ControlLeft:ffe3',
  )
  expect(strokes('Print Screen')).toBe('+PrintScreen:ff61 -PrintScreen:ff61')
  expect(strokes('Ctrl+Alt+F12')).toContain('+F12:ffc9')
})
