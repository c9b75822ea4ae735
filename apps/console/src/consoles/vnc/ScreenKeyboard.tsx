import { Button } from '@patternfly/react-core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KEY_ROWS, KEYBOARD_LAYOUTS, NO_CHARACTER } from './keyboard/keyboard-layouts.ts'
import { keysymOf } from './keyboard/typed-text.ts'
import type { GuestKey, KeyStroke } from './key-combinations.ts'
import { MODIFIERS, SPECIAL_KEY_ROWS } from './screen-keys.ts'
import styles from './ScreenKeyboard.module.css'
import { useVncSettings } from './vnc-settings.ts'

interface ScreenKeyboardProps {
  send: (stroke: KeyStroke) => void
}

/**
 * F-41: a keyboard for touch screens and for keys that one's own does not have. Modifiers
 * stay down until the next key, so that one finger is enough.
 */
export function ScreenKeyboard({ send }: ScreenKeyboardProps) {
  const { t } = useTranslation()
  const { layout: name } = useVncSettings()
  const layout = KEYBOARD_LAYOUTS[name]
  const [held, setHeld] = useState<readonly string[]>([])
  const fieldset = useRef<HTMLFieldSetElement>(null)
  // The console has grown by it: what was asked for should be seen.
  useEffect(() => {
    // Browsers may answer with a promise, which React would take for a clean-up.
    fieldset.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const characterOf = (code: string, { row, index }: { row: number; index: number }) =>
    (held.includes('AltRight') ? layout.altGr?.[code] : undefined) ??
    (held.includes('ShiftLeft') ? layout.shift : layout.plain)[row]?.[index] ??
    NO_CHARACTER

  function press(key: GuestKey): void {
    const modifiers = MODIFIERS.filter(({ code }) => held.includes(code))
    for (const modifier of modifiers) send({ ...modifier, down: true })
    send({ ...key, down: true })
    send({ ...key, down: false })
    for (const modifier of modifiers.toReversed()) send({ ...modifier, down: false })
    setHeld([])
  }

  const toggle = (code: string) =>
    setHeld(held.includes(code) ? held.filter((each) => each !== code) : [...held, code])

  return (
    <fieldset
      ref={fieldset}
      className={styles['keyboard']}
      aria-label={t('consoles.view.keyboard')}
    >
      {SPECIAL_KEY_ROWS.map((keys) => (
        <div key={keys[0]?.code} className={styles['row']}>
          {keys.map((key) => (
            <Key key={key.code} label={key.label} onPress={() => press(key)} />
          ))}
        </div>
      ))}
      {KEY_ROWS.map((codes, row) => (
        <div key={codes[0]} className={styles['row']}>
          {codes.map((code, index) => {
            const character = characterOf(code, { row, index })
            if (character === NO_CHARACTER) return null
            return (
              <Key
                key={code}
                label={character}
                onPress={() => press({ code, keysym: keysymOf(character) })}
              />
            )
          })}
        </div>
      ))}
      <div className={styles['row']}>
        {MODIFIERS.map(({ code, label }) => (
          <Key
            key={code}
            label={label}
            isHeld={held.includes(code)}
            onPress={() => toggle(code)}
          />
        ))}
        <Key
          label={t('consoles.view.space')}
          isWide
          onPress={() => press({ code: 'Space', keysym: 0x20 })}
        />
      </div>
    </fieldset>
  )
}

interface KeyProps {
  label: string
  isHeld?: boolean
  isWide?: boolean
  onPress: () => void
}

function Key({ label, isHeld, isWide = false, onPress }: KeyProps) {
  return (
    <Button
      variant={isHeld === true ? 'primary' : 'secondary'}
      size="sm"
      className={styles[isWide ? 'wide' : 'key'] ?? ''}
      {...(isHeld !== undefined && { 'aria-pressed': isHeld })}
      onClick={onPress}
    >
      {label}
    </Button>
  )
}
