import { Button, Label, ToolbarItem } from '@patternfly/react-core'
import { SearchIcon } from '@patternfly/react-icons/dist/esm/icons/search-icon'
import { useTranslation } from 'react-i18next'
import { PasteConfirmation } from './PasteConfirmation.tsx'
import { TerminalMenu } from './TerminalMenu.tsx'
import type { TerminalView } from './terminal-view.ts'

interface TerminalToolsProps {
  display: TerminalView
  /** Begins the names of files. */
  name: string
  isSearching: boolean
  onSearch: (isSearching: boolean) => void
}

/** F-42: the tools of every terminal, as items of its toolbar. */
export function TerminalTools(props: TerminalToolsProps) {
  const { display, name, isSearching, onSearch } = props
  const { t } = useTranslation()
  const recording = display.recording.use()
  const pasted = display.pasted.use()
  const endPasting = () => {
    display.pasted.set(undefined)
    display.focus()
  }
  return (
    <>
      {recording && (
        <ToolbarItem alignSelf="center">
          <Label color="red">{t('consoles.terminal.recording')}</Label>
        </ToolbarItem>
      )}
      <ToolbarItem>
        <Button
          variant="plain"
          size="sm"
          icon={<SearchIcon />}
          aria-label={t('consoles.terminal.find')}
          aria-pressed={isSearching}
          onClick={() => onSearch(!isSearching)}
        />
      </ToolbarItem>
      <ToolbarItem>
        <TerminalMenu display={display} name={name} />
        {pasted !== undefined && (
          <PasteConfirmation
            text={pasted}
            onPaste={() => {
              display.terminal.paste(pasted)
              endPasting()
            }}
            onClose={endPasting}
          />
        )}
      </ToolbarItem>
    </>
  )
}
