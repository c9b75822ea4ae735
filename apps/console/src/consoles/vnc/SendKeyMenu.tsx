import {
  Divider,
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from '@patternfly/react-core'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMenuRoom } from '../../ui/use-menu-room.ts'
import { KEY_COMBINATIONS, type KeyCombination } from './key-combinations.ts'

interface SendKeyMenuProps {
  isDisabled: boolean
  onSend: (combination: KeyCombination) => void
}

export function SendKeyMenu({ isDisabled, onSend }: SendKeyMenuProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const { measureRoom, menuProps } = useMenuRoom()
  return (
    <Dropdown
      isOpen={isOpen}
      {...menuProps}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      // The guest gets the keyboard after the choice.
      shouldFocusToggleOnSelect={false}
      popperProps={{ appendTo: 'inline' }}
      toggle={(ref) => (
        <MenuToggle
          size="sm"
          ref={ref}
          isExpanded={isOpen}
          isDisabled={isDisabled}
          onClick={({ currentTarget }) => {
            measureRoom(currentTarget)
            setIsOpen(!isOpen)
          }}
        >
          {t('consoles.action.sendKey')}
        </MenuToggle>
      )}
    >
      {KEY_COMBINATIONS.map((combinations, index) => (
        <Fragment key={combinations[0]?.label}>
          {index > 0 && <Divider />}
          <DropdownGroup>
            <DropdownList>
              {combinations.map((combination) => (
                <DropdownItem key={combination.label} onClick={() => onSend(combination)}>
                  {combination.label}
                </DropdownItem>
              ))}
            </DropdownList>
          </DropdownGroup>
        </Fragment>
      ))}
    </Dropdown>
  )
}
