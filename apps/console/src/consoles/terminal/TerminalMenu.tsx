import {
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMenuRoom } from '../../ui/use-menu-room.ts'
import { downloadText } from '../../yaml-editor/download-text.ts'
import {
  changeTerminalSettings,
  FONT_SIZE,
  TERMINAL_THEME_CHOICES,
  useTerminalSettings,
} from './terminal-settings.ts'
import type { TerminalView } from './terminal-view.ts'

interface TerminalMenuProps {
  display: Pick<TerminalView, 'text' | 'record' | 'recording' | 'endRecording'>
  /** Begins the names of files. */
  name: string
}

/** F-42: looks of the terminal, and what of it can be kept. */
export function TerminalMenu({ display, name }: TerminalMenuProps) {
  const { t } = useTranslation()
  const { fontSize, theme, copyOnSelection } = useTerminalSettings()
  const recording = display.recording.use()
  const [isOpen, setIsOpen] = useState(false)
  const { measureRoom, menuProps } = useMenuRoom()

  function toggleRecording(): void {
    if (recording) {
      downloadText(`${name}.cast`, new Blob([display.endRecording()], { type: 'text/plain' }))
    } else display.record(name)
  }

  return (
    <Dropdown
      isOpen={isOpen}
      {...menuProps}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ appendTo: 'inline' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          size="sm"
          isExpanded={isOpen}
          onClick={({ currentTarget }) => {
            measureRoom(currentTarget)
            setIsOpen(!isOpen)
          }}
        >
          {t('consoles.terminal.title')}
        </MenuToggle>
      )}
    >
      <DropdownGroup label={t('consoles.terminal.keep')}>
        <DropdownList>
          <DropdownItem
            onClick={() =>
              downloadText(`${name}.txt`, new Blob([display.text()], { type: 'text/plain' }))
            }
          >
            {t('consoles.terminal.save')}
          </DropdownItem>
          <DropdownItem
            description={t('consoles.terminal.recordHint')}
            onClick={toggleRecording}
          >
            {t(recording ? 'consoles.terminal.endRecording' : 'consoles.terminal.record')}
          </DropdownItem>
        </DropdownList>
      </DropdownGroup>
      <DropdownGroup label={t('consoles.terminal.font', { size: fontSize })}>
        <DropdownList>
          <DropdownItem
            isDisabled={fontSize >= FONT_SIZE.largest}
            onClick={() => changeTerminalSettings({ fontSize: fontSize + 1 })}
          >
            {t('consoles.terminal.larger')}
          </DropdownItem>
          <DropdownItem
            isDisabled={fontSize <= FONT_SIZE.smallest}
            onClick={() => changeTerminalSettings({ fontSize: fontSize - 1 })}
          >
            {t('consoles.terminal.smaller')}
          </DropdownItem>
        </DropdownList>
      </DropdownGroup>
      <DropdownGroup label={t('consoles.terminal.theme')}>
        <DropdownList>
          {TERMINAL_THEME_CHOICES.map((choice) => (
            <DropdownItem
              key={choice}
              isSelected={choice === theme}
              onClick={() => changeTerminalSettings({ theme: choice })}
            >
              {t(`consoles.terminal.${choice}`)}
            </DropdownItem>
          ))}
        </DropdownList>
      </DropdownGroup>
      <DropdownGroup label={t('consoles.terminal.clipboard')}>
        <DropdownList>
          <DropdownItem
            isSelected={copyOnSelection}
            onClick={() => changeTerminalSettings({ copyOnSelection: !copyOnSelection })}
          >
            {t('consoles.terminal.copyOnSelection')}
          </DropdownItem>
        </DropdownList>
      </DropdownGroup>
    </Dropdown>
  )
}
