/** What the guest believes its keyboard to be: it decides which character a key makes. */
export type KeyboardLayoutName = 'us' | 'gb' | 'de' | 'fr' | 'es' | 'jp'

export interface KeyboardLayout {
  /** The language's own name for it; not translated. */
  label: string
  /** Characters by key, from upper left to lower right, as {@link KEY_ROWS} has the keys. */
  plain: readonly [string, string, string, string]
  shift: readonly [string, string, string, string]
  /** Key to character with AltGr; only what differs from nothing. */
  altGr?: Readonly<Record<string, string>>
  /** Characters whose key waits for the next one: they need a space to be themselves. */
  dead?: string
}

/** Keys as KeyboardEvent.code names them; rows of US keyboards, with what others have more. */
export const KEY_ROWS: readonly (readonly string[])[] = [
  [
    'Backquote',
    ...Array.from({ length: 9 }, (_, index) => `Digit${index + 1}`),
    'Digit0',
    'Minus',
    'Equal',
    'IntlYen',
  ],
  [...keysOf('QWERTYUIOP'), 'BracketLeft', 'BracketRight'],
  [...keysOf('ASDFGHJKL'), 'Semicolon', 'Quote', 'Backslash'],
  ['IntlBackslash', ...keysOf('ZXCVBNM'), 'Comma', 'Period', 'Slash', 'IntlRo'],
]

function keysOf(letters: string): string[] {
  return Array.from(letters, (letter) => `Key${letter}`)
}

/** A key that a layout does not have. */
export const NO_CHARACTER = ' '

const QWERTY = 'qwertyuiop'
const HOME_ROW = 'asdfghjkl'
const upper = (letters: string) => letters.toUpperCase()

/** The keyboards that guests are set up with most, as XKB and Windows define them. */
export const KEYBOARD_LAYOUTS: Readonly<Record<KeyboardLayoutName, KeyboardLayout>> = {
  us: {
    label: 'English (US)',
    plain: ['`1234567890-= ', `${QWERTY}[]`, `${HOME_ROW};'\\`, ' zxcvbnm,./ '],
    shift: ['~!@#$%^&*()_+ ', `${upper(QWERTY)}{}`, `${upper(HOME_ROW)}:"|`, ' ZXCVBNM<>? '],
  },
  gb: {
    label: 'English (UK)',
    plain: ['`1234567890-= ', `${QWERTY}[]`, `${HOME_ROW};'#`, '\\zxcvbnm,./ '],
    shift: ['¬!"£$%^&*()_+ ', `${upper(QWERTY)}{}`, `${upper(HOME_ROW)}:@~`, '|ZXCVBNM<>? '],
    altGr: { Digit4: '€' },
  },
  de: {
    label: 'Deutsch',
    plain: ['^1234567890ß´ ', 'qwertzuiopü+', `${HOME_ROW}öä#`, '<yxcvbnm,.- '],
    shift: ['°!"§$%&/()=?` ', 'QWERTZUIOPÜ*', `${upper(HOME_ROW)}ÖÄ'`, '>YXCVBNM;:_ '],
    altGr: {
      Digit2: '²',
      Digit3: '³',
      Digit7: '{',
      Digit8: '[',
      Digit9: ']',
      Digit0: '}',
      Minus: '\\',
      KeyQ: '@',
      KeyE: '€',
      BracketRight: '~',
      IntlBackslash: '|',
      KeyM: 'µ',
    },
    dead: '^´`',
  },
  fr: {
    label: 'Français',
    plain: ['²&é"\'(-è_çà)= ', 'azertyuiop^$', 'qsdfghjklmù*', '<wxcvbn,;:! '],
    shift: [' 1234567890°+ ', 'AZERTYUIOP¨£', 'QSDFGHJKLM%µ', '>WXCVBN?./§ '],
    altGr: {
      Digit2: '~',
      Digit3: '#',
      Digit4: '{',
      Digit5: '[',
      Digit6: '|',
      Digit7: '`',
      Digit8: '\\',
      Digit0: '@',
      Minus: ']',
      Equal: '}',
      KeyE: '€',
    },
    dead: '^¨',
  },
  es: {
    label: 'Español',
    plain: ["º1234567890'¡ ", `${QWERTY}\`+`, `${HOME_ROW}ñ´ç`, '<zxcvbnm,.- '],
    shift: ['ª!"·$%&/()=?¿ ', `${upper(QWERTY)}^*`, `${upper(HOME_ROW)}Ñ¨Ç`, '>ZXCVBNM;:_ '],
    altGr: {
      Backquote: '\\',
      Digit1: '|',
      Digit2: '@',
      Digit3: '#',
      Digit4: '~',
      KeyE: '€',
      BracketLeft: '[',
      BracketRight: ']',
      Quote: '{',
      Backslash: '}',
    },
    dead: '`^´¨',
  },
  jp: {
    label: '日本語',
    plain: [' 1234567890-^\\', `${QWERTY}@[`, `${HOME_ROW};:]`, ' zxcvbnm,./\\'],
    shift: [' !"#$%&\'() =~|', `${upper(QWERTY)}\`{`, `${upper(HOME_ROW)}+*}`, ' ZXCVBNM<>?_'],
  },
}

export const KEYBOARD_LAYOUT_NAMES = Object.keys(KEYBOARD_LAYOUTS) as KeyboardLayoutName[]
