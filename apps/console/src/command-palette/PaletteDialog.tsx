import { Modal, ModalBody, TextInput } from '@patternfly/react-core'
import { useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { nextPosition, type PaletteEntry, type PaletteGroup } from './palette-entries.ts'
import { closePalette } from './palette-store.ts'
import styles from './PaletteDialog.module.css'
import { PaletteList } from './PaletteList.tsx'
import { useDelayed } from './use-delayed.ts'
import { usePaletteGroups } from './use-palette-groups.ts'

/**
 * A combobox whose list is always there: the focus stays in the field, and the arrow keys move
 * the active option. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function PaletteDialog({ actions }: { actions?: PaletteGroup }) {
  const { t } = useTranslation()
  const id = useId()
  const [text, setText] = useState('')
  const [position, setPosition] = useState<number>()
  const groups = usePaletteGroups(useDelayed(text), actions)
  const entries = groups.flatMap((group) => group.entries)
  const active =
    position === undefined
      ? (entries.find(({ isDisabled }) => !isDisabled) ?? entries[0])
      : // The list may have become shorter meanwhile.
        entries[Math.min(position, entries.length - 1)]

  const choose = (entry: PaletteEntry | undefined) => {
    if (!entry || entry.isDisabled) return
    closePalette()
    entry.onChoose()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Of an input method: the key belongs to the word that is being composed.
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter') {
      event.preventDefault()
      return choose(active)
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    setPosition(nextPosition(event.key, active ? entries.indexOf(active) : 0, entries.length))
  }
  return (
    <Modal
      isOpen
      variant="small"
      position="top"
      aria-label={t('palette.title')}
      onClose={closePalette}
      className={styles['dialog'] ?? ''}
    >
      <ModalBody>
        <TextInput
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it is an <input>
          role="combobox"
          aria-label={t('palette.title')}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          {...(active && { 'aria-activedescendant': `${id}-${active.id}` })}
          placeholder={t('palette.placeholder')}
          autoComplete="off"
          spellCheck={false}
          // It was opened to type into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={text}
          onChange={(_event, value) => {
            setText(value)
            setPosition(undefined)
          }}
          onKeyDown={onKeyDown}
        />
        <PaletteList
          id={id}
          groups={groups}
          active={active}
          onChoose={choose}
          onPoint={(entry) => setPosition(entries.indexOf(entry))}
        />
      </ModalBody>
    </Modal>
  )
}
