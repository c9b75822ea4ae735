/*
 * No HTML element is the list of a combobox that holds more than text; its keys are handled by
 * the field, which keeps the focus.
 */
/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/click-events-have-key-events */
import { useTranslation } from 'react-i18next'
import type { PaletteEntry, PaletteGroup } from './palette-entries.ts'
import styles from './PaletteDialog.module.css'

interface PaletteListProps {
  id: string
  groups: readonly PaletteGroup[]
  active: PaletteEntry | undefined
  onChoose: (entry: PaletteEntry) => void
  onPoint: (entry: PaletteEntry) => void
}

const show = (option: HTMLElement | null) => option?.scrollIntoView({ block: 'nearest' })

/** The list of the palette's combobox. */
export function PaletteList({ id, groups, active, onChoose, onPoint }: PaletteListProps) {
  const { t } = useTranslation()
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={t('palette.results')}
      className={styles['list']}
    >
      {groups.map((group) => (
        <div key={group.id} role="group" aria-labelledby={`${id}-${group.id}`}>
          <div id={`${id}-${group.id}`} className={styles['group']}>
            {group.label}
          </div>
          {group.entries.map((entry) => {
            const { icon: Icon, label, hint, isDisabled = false } = entry
            const isActive = entry.id === active?.id
            return (
              <div
                key={entry.id}
                id={`${id}-${entry.id}`}
                ref={isActive ? show : null}
                role="option"
                tabIndex={-1}
                aria-selected={isActive}
                aria-disabled={isDisabled}
                className={styles['entry']}
                onMouseMove={() => isActive || onPoint(entry)}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => onChoose(entry)}
              >
                {Icon && <Icon />}
                <span>{label}</span>
                {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
              </div>
            )
          })}
        </div>
      ))}
      {groups.length === 0 && <p className={styles['group']}>{t('palette.nothing')}</p>}
    </div>
  )
}
