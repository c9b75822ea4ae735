import { Button, Tooltip } from '@patternfly/react-core'
import { SearchIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { openPalette } from './palette-store.ts'

const IS_APPLE = /Mac|iP(hone|ad|od)/.test(navigator.platform)

export function PaletteButton() {
  const { t } = useTranslation()
  const label = t('palette.open', { keys: IS_APPLE ? '⌘K' : 'Ctrl+K' })
  return (
    <Tooltip content={label} aria="none">
      <Button
        variant="plain"
        icon={<SearchIcon />}
        aria-label={label}
        aria-keyshortcuts={IS_APPLE ? 'Meta+K' : 'Control+K'}
        onClick={openPalette}
      />
    </Tooltip>
  )
}
