import {
  Checkbox,
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import type { ConsoleKind } from '@virtdeck/bff-contract'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsoleChoice, DesktopKind } from './console-choice.ts'

const KINDS: readonly ConsoleKind[] = ['vnc', 'serial']
const DESKTOPS: readonly DesktopKind[] = ['desktop', 'rdp', 'ssh']

interface ConsoleSwitcherProps {
  choice: ConsoleChoice
  onChoose: (change: Partial<ConsoleChoice>) => void
}

export function ConsoleSwitcher({ choice, onChoose }: ConsoleSwitcherProps) {
  const { t } = useTranslation()
  const { disconnectBeforeSwitching } = choice
  const shown = choice.desktop ?? choice.kind
  const [isOpen, setIsOpen] = useState(false)
  const id = useId()

  function select(next: ConsoleKind | DesktopKind): void {
    setIsOpen(false)
    if (next === shown) return
    if (next === 'vnc' || next === 'serial') onChoose({ kind: next, desktop: undefined })
    else onChoose({ desktop: next })
  }

  return (
    <ToolbarGroup>
      <ToolbarItem>
        <Select
          isOpen={isOpen}
          selected={shown}
          onOpenChange={setIsOpen}
          onSelect={(_event, value) => select(value as ConsoleKind | DesktopKind)}
          // In full screen only what is inside the panel can be seen.
          popperProps={{ appendTo: 'inline' }}
          toggle={(ref) => (
            <MenuToggle
              size="sm"
              ref={ref}
              isExpanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
              aria-label={`${t('consoles.type')}: ${t(`consoles.kind.${shown}`)}`}
            >
              {t(`consoles.kind.${shown}`)}
            </MenuToggle>
          )}
        >
          <SelectList aria-label={t('consoles.type')}>
            {[...KINDS, ...DESKTOPS].map((each) => (
              <SelectOption key={each} value={each}>
                {t(`consoles.kind.${each}`)}
              </SelectOption>
            ))}
          </SelectList>
        </Select>
      </ToolbarItem>
      <ToolbarItem alignSelf="center">
        <Checkbox
          id={id}
          label={t('consoles.disconnectBeforeSwitching')}
          isChecked={disconnectBeforeSwitching}
          onChange={(_event, checked) => onChoose({ disconnectBeforeSwitching: checked })}
        />
      </ToolbarItem>
    </ToolbarGroup>
  )
}
