import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  KEY_ROWS,
  KEYBOARD_LAYOUTS,
  type KeyboardLayout,
  type KeyboardLayoutName,
} from './keyboard-layouts.ts'
import { keyPressesOf } from './typed-text.ts'

/** QEMU's own tables, which come with it; they are made from those of X11. */
const FOLDER = '/usr/share/qemu/keymaps'
const FILES: readonly [KeyboardLayoutName, string][] = [
  ['us', 'en-us'],
  ['gb', 'en-gb'],
  ['de', 'de'],
  ['fr', 'fr'],
  ['es', 'es'],
  ['jp', 'ja'],
]

/** AT scan codes of the rows of keys, in the same order. */
const SCAN_CODES: readonly (readonly number[])[] = [
  [0x29, ...range(0x02, 0x0d), 0x7d],
  range(0x10, 0x1b),
  [...range(0x1e, 0x28), 0x2b],
  [0x56, ...range(0x2c, 0x35), 0x73],
]

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

const scanCodeOf = new Map(
  KEY_ROWS.flatMap((codes, row) =>
    codes.map((code, index) => [code, SCAN_CODES[row]?.[index] ?? 0] as const),
  ),
)

/** What X11 calls characters that are no letters or digits. */
const NAMES = new Map(
  Object.entries({
    '`': 'grave',
    '~': 'asciitilde',
    '!': 'exclam',
    '@': 'at',
    '#': 'numbersign',
    $: 'dollar',
    '%': 'percent',
    '^': 'asciicircum',
    '&': 'ampersand',
    '*': 'asterisk',
    '(': 'parenleft',
    ')': 'parenright',
    '-': 'minus',
    _: 'underscore',
    '=': 'equal',
    '+': 'plus',
    '[': 'bracketleft',
    ']': 'bracketright',
    '{': 'braceleft',
    '}': 'braceright',
    '\\': 'backslash',
    '|': 'bar',
    ';': 'semicolon',
    ':': 'colon',
    "'": 'apostrophe',
    '"': 'quotedbl',
    ',': 'comma',
    '<': 'less',
    '.': 'period',
    '>': 'greater',
    '/': 'slash',
    '?': 'question',
    '¬': 'notsign',
    '£': 'sterling',
    '€': 'EuroSign',
    ß: 'ssharp',
    '´': 'acute',
    '°': 'degree',
    '§': 'section',
    '²': 'twosuperior',
    '³': 'threesuperior',
    µ: 'mu',
    ü: 'udiaeresis',
    Ü: 'Udiaeresis',
    ö: 'odiaeresis',
    Ö: 'Odiaeresis',
    ä: 'adiaeresis',
    Ä: 'Adiaeresis',
    é: 'eacute',
    è: 'egrave',
    ç: 'ccedilla',
    Ç: 'Ccedilla',
    à: 'agrave',
    ù: 'ugrave',
    '¨': 'diaeresis',
    º: 'masculine',
    ª: 'ordfeminine',
    '·': 'periodcentered',
    '¡': 'exclamdown',
    '¿': 'questiondown',
    ñ: 'ntilde',
    Ñ: 'Ntilde',
  }),
)

const DEAD_NAMES: Readonly<Record<string, string>> = {
  '`': 'dead_grave',
  '´': 'dead_acute',
  '^': 'dead_circumflex',
  '¨': 'dead_diaeresis',
}

const modifierNames: Readonly<Record<string, string>> = {
  ShiftLeft: ' shift',
  AltRight: ' altgr',
}

function deviations(layout: KeyboardLayout, keymap: Set<string>): string[] {
  return [...keyPressesOf(layout)].flatMap(([character, { code, modifier }]) => {
    const key = `0x${(scanCodeOf.get(code) ?? 0).toString(16).padStart(2, '0')}`
    const where = `${key}${modifier ? modifierNames[modifier.code] : ''}`
    const names = [NAMES.get(character) ?? character, DEAD_NAMES[character]]
    return names.some((name) => name !== undefined && keymap.has(`${name} ${where}`))
      ? []
      : [`${character} ${where}`]
  })
}

test.skipIf(!existsSync(FOLDER)).each(FILES)(
  'F-41 QEMU makes the same characters of the keys of a %s keyboard',
  (name, file) => {
    const keymap = new Set(readFileSync(`${FOLDER}/${file}`, 'utf8').split('\n'))
    expect(deviations(KEYBOARD_LAYOUTS[name], keymap)).toEqual([])
  },
)
