/** A key as X11 names it (keysym) and where it is on the keyboard (KeyboardEvent.code). */
export interface GuestKey {
  keysym: number
  code: string
}

export interface KeyCombination {
  /** As people write it; also its identity. */
  label: string
  keys: readonly GuestKey[]
}

const CONTROL: GuestKey = { keysym: 0xffe3, code: 'ControlLeft' }
const ALT: GuestKey = { keysym: 0xffe9, code: 'AltLeft' }
const DELETE: GuestKey = { keysym: 0xffff, code: 'Delete' }
const BACKSPACE: GuestKey = { keysym: 0xff08, code: 'Backspace' }
const PRINT_SCREEN: GuestKey = { keysym: 0xff61, code: 'PrintScreen' }
const FIRST_FUNCTION_KEY = 0xffbe

const functionKeys: GuestKey[] = Array.from({ length: 12 }, (_, index) => ({
  keysym: FIRST_FUNCTION_KEY + index,
  code: `F${index + 1}`,
}))

/** Keys that the browser or the desktop would keep for itself; labels are key names. */
export const KEY_COMBINATIONS: readonly (readonly KeyCombination[])[] = [
  [
    { label: 'Ctrl+Alt+Del', keys: [CONTROL, ALT, DELETE] },
    { label: 'Ctrl+Alt+Backspace', keys: [CONTROL, ALT, BACKSPACE] },
    { label: 'Print Screen', keys: [PRINT_SCREEN] },
  ],
  functionKeys.map((key) => ({ label: `Ctrl+Alt+${key.code}`, keys: [CONTROL, ALT, key] })),
]

export interface KeyStroke extends GuestKey {
  down: boolean
}

/** All down in order, then up in reverse, as fingers do it. */
export function strokesOf({ keys }: KeyCombination): KeyStroke[] {
  return [
    ...keys.map((key) => ({ ...key, down: true })),
    ...keys.toReversed().map((key) => ({ ...key, down: false })),
  ]
}
