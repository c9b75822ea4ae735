import { DropdownGroup, DropdownItem, DropdownList } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { LongMenu } from '../../ui/LongMenu.tsx'
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

  function toggleRecording(): void {
    if (recording) {
      downloadText(`${name}.cast`, new Blob([display.endRecording()], { type: 'text/plain' }))
    } else display.record(name)
  }

  return (
    <LongMenu
      popperProps={{ appendTo: 'inline' }}
      toggle={{ size: 'sm', children: t('consoles.terminal.title') }}
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
    </LongMenu>
  )
}
