import type { GuestKey } from './key-combinations.ts'

export interface ScreenKey extends GuestKey {
  /** As keyboards have it printed on; not translated. */
  label: string
}

export const MODIFIERS: readonly ScreenKey[] = [
  { label: 'Shift', code: 'ShiftLeft', keysym: 0xffe1 },
  { label: 'Ctrl', code: 'ControlLeft', keysym: 0xffe3 },
  { label: 'Alt', code: 'AltLeft', keysym: 0xffe9 },
  { label: 'AltGr', code: 'AltRight', keysym: 0xfe03 },
  { label: 'Win', code: 'MetaLeft', keysym: 0xffeb },
]

const FUNCTION_KEYS: readonly ScreenKey[] = Array.from({ length: 12 }, (_, index) => ({
  label: `F${index + 1}`,
  code: `F${index + 1}`,
  keysym: 0xffbe + index,
}))

/** The rows above the letters. */
export const SPECIAL_KEY_ROWS: readonly (readonly ScreenKey[])[] = [
  [{ label: 'Esc', code: 'Escape', keysym: 0xff1b }, ...FUNCTION_KEYS],
  [
    { label: 'Ins', code: 'Insert', keysym: 0xff63 },
    { label: 'Del', code: 'Delete', keysym: 0xffff },
    { label: 'Home', code: 'Home', keysym: 0xff50 },
    { label: 'End', code: 'End', keysym: 0xff57 },
    { label: 'PgUp', code: 'PageUp', keysym: 0xff55 },
    { label: 'PgDn', code: 'PageDown', keysym: 0xff56 },
    { label: 'Tab', code: 'Tab', keysym: 0xff09 },
    { label: '⌫', code: 'Backspace', keysym: 0xff08 },
    { label: '⏎', code: 'Enter', keysym: 0xff0d },
    { label: '←', code: 'ArrowLeft', keysym: 0xff51 },
    { label: '↑', code: 'ArrowUp', keysym: 0xff52 },
    { label: '↓', code: 'ArrowDown', keysym: 0xff54 },
    { label: '→', code: 'ArrowRight', keysym: 0xff53 },
  ],
]
