import { expect, test } from 'vitest'
import type { KeyboardLayoutName } from './keyboard-layouts.ts'
import { typedText } from './typed-text.ts'

const SHORT: Readonly<Record<string, string>> = { ShiftLeft: 'Shift', AltRight: 'AltGr' }

/** Key strokes as one line: keys that go down, with modifiers that are held. */
function typed(text: string, layout: KeyboardLayoutName): string {
  const held = new Set<string>()
  const keys: string[] = []
  for (const { code, down } of typedText(text, layout).characters.flat()) {
    const modifier = SHORT[code]
    if (modifier && down) held.add(modifier)
    else if (modifier) held.delete(modifier)
    else if (down) keys.push([...held, code].join('+'))
  }
  return keys.join(' ')
}

test.each<[KeyboardLayoutName, string, string]>([
  ['us', 'aB1', 'KeyA Shift+KeyB Digit1'],
  ['us', '@\t/', 'Shift+Digit2 Tab Slash'],
  ['us', 'a\r\nb\rc\n', 'KeyA Enter KeyB Enter KeyC Enter'],
  ['gb', '@"#€', 'Shift+Quote Shift+Digit2 Backslash AltGr+Digit4'],
  ['de', 'zy', 'KeyY KeyZ'],
  ['de', '@{ß', 'AltGr+KeyQ AltGr+Digit7 Minus'],
  ['de', '^', 'Backquote Space'],
  ['de', 'é', 'Equal KeyE'],
  ['de', 'È', 'Shift+Equal Shift+KeyE'],
  ['fr', 'qa1', 'KeyA KeyQ Shift+Digit1'],
  ['fr', 'é@', 'Digit2 AltGr+Digit0'],
  ['fr', 'ê', 'BracketLeft KeyE'],
  ['fr', 'ë', 'Shift+BracketLeft KeyE'],
  ['es', 'ñ\\', 'Semicolon AltGr+Backquote'],
  ['es', 'áü', 'Quote KeyA Shift+Quote KeyU'],
  ['jp', '@:_\\', 'BracketLeft Quote Shift+IntlRo IntlYen'],
])('F-41 on a %s keyboard %j is %s', (layout, text, expected) => {
  expect(typed(text, layout)).toBe(expected)
  expect(typedText(text, layout).missing).toEqual([])
})

test('F-41 each key that goes down comes up again, modifiers last', () => {
  expect(typedText('A', 'us').characters).toEqual([
    [
      { code: 'ShiftLeft', keysym: 0xffe1, down: true },
      { code: 'KeyA', keysym: 0x41, down: true },
      { code: 'KeyA', keysym: 0x41, down: false },
      { code: 'ShiftLeft', keysym: 0xffe1, down: false },
    ],
  ])
})

test('F-41 what a keyboard cannot make is named once, the rest is typed', () => {
  const { characters, missing } = typedText('a日é日b', 'us')
  expect(missing).toEqual(['日', 'é'])
  expect(characters).toHaveLength(2)
})

test.each<KeyboardLayoutName>(['us', 'gb', 'de', 'fr', 'es', 'jp'])(
  'F-41 a %s keyboard has all of ASCII',
  (layout) => {
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))
    expect(typedText(ascii.join(''), layout).missing).toEqual([])
  },
)
