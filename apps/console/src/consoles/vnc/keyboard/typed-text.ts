import type { KeyStroke, GuestKey } from '../key-combinations.ts'
import {
  KEYBOARD_LAYOUTS,
  KEY_ROWS,
  NO_CHARACTER,
  type KeyboardLayout,
  type KeyboardLayoutName,
} from './keyboard-layouts.ts'

interface KeyPress {
  code: string
  modifier?: GuestKey
}

const SHIFT: GuestKey = { keysym: 0xffe1, code: 'ShiftLeft' }
const ALT_GR: GuestKey = { keysym: 0xfe03, code: 'AltRight' }

/** Keys that are the same on all keyboards. */
const EVERYWHERE: Readonly<Record<string, GuestKey>> = {
  ' ': { keysym: 0x20, code: 'Space' },
  '\n': { keysym: 0xff0d, code: 'Enter' },
  '\t': { keysym: 0xff09, code: 'Tab' },
}

/** The characters of dead keys by the mark that they put on the next letter. */
const DEAD_BY_MARK: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': '´',
  '\u0302': '^',
  '\u0308': '¨',
}

/** X11: Latin-1 as it is, everything else by its code point (keysymdef.h). */
export const keysymOf = (character: string): number => {
  const point = character.codePointAt(0) ?? 0
  return point < 0x100 ? point : 0x0100_0000 + point
}

/** Which key, and with what, makes each character of a layout. */
export function keyPressesOf(layout: KeyboardLayout): Map<string, KeyPress> {
  const presses = new Map<string, KeyPress>()
  const add = (character: string | undefined, press: KeyPress) => {
    // The first is the easiest to press.
    if (character && character !== NO_CHARACTER && !presses.has(character)) {
      presses.set(character, press)
    }
  }
  for (const [row, codes] of KEY_ROWS.entries()) {
    for (const [index, code] of codes.entries()) add(layout.plain[row]?.[index], { code })
  }
  for (const [row, codes] of KEY_ROWS.entries()) {
    for (const [index, code] of codes.entries()) {
      add(layout.shift[row]?.[index], { code, modifier: SHIFT })
    }
  }
  for (const [code, character] of Object.entries(layout.altGr ?? {})) {
    add(character, { code, modifier: ALT_GR })
  }
  return presses
}

export interface TypedText {
  /** The key strokes of each character, in order. */
  characters: readonly (readonly KeyStroke[])[]
  /** Characters that this keyboard cannot make, each once. */
  missing: readonly string[]
}

/**
 * F-41: a text as somebody would type it on the guest's keyboard. Line ends become Enter;
 * accents that have no key of their own are put together with a dead key.
 */
export function typedText(text: string, name: KeyboardLayoutName): TypedText {
  const layout = KEYBOARD_LAYOUTS[name]
  const presses = keyPressesOf(layout)
  const missing = new Set<string>()
  const characters: KeyStroke[][] = []
  for (const character of text.replace(/\r\n?/g, '\n').normalize('NFC')) {
    const strokes = strokesOf(character, { layout, presses })
    if (strokes) characters.push(strokes)
    else missing.add(character)
  }
  return { characters, missing: [...missing] }
}

interface Keyboard {
  layout: KeyboardLayout
  presses: Map<string, KeyPress>
}

function strokesOf(character: string, keyboard: Keyboard): KeyStroke[] | undefined {
  const key = EVERYWHERE[character]
  if (key) return strokesOfKey(key)
  const press = keyboard.presses.get(character)
  if (press) {
    const strokes = strokesOfPress(press, character)
    const isDead = keyboard.layout.dead?.includes(character) ?? false
    return isDead ? [...strokes, ...(strokesOf(' ', keyboard) ?? [])] : strokes
  }
  return composed(character, keyboard)
}

/** é as ´ and e, where the keyboard has the dead key for it. */
function composed(character: string, { layout, presses }: Keyboard): KeyStroke[] | undefined {
  const [base, mark, more] = character.normalize('NFD')
  if (base === undefined || mark === undefined || more !== undefined) return undefined
  const dead = DEAD_BY_MARK[mark]
  if (dead === undefined || !layout.dead?.includes(dead)) return undefined
  const deadPress = presses.get(dead)
  const basePress = presses.get(base)
  if (!deadPress || !basePress) return undefined
  return [...strokesOfPress(deadPress, dead), ...strokesOfPress(basePress, base)]
}

function strokesOfPress({ code, modifier }: KeyPress, character: string): KeyStroke[] {
  const strokes = strokesOfKey({ code, keysym: keysymOf(character) })
  if (!modifier) return strokes
  return [{ ...modifier, down: true }, ...strokes, { ...modifier, down: false }]
}

const strokesOfKey = (key: GuestKey): KeyStroke[] => [
  { ...key, down: true },
  { ...key, down: false },
]
