import { Divider, DropdownGroup, DropdownItem, DropdownList } from '@patternfly/react-core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { LongMenu } from '../../ui/LongMenu.tsx'
import { KEY_COMBINATIONS, type KeyCombination } from './key-combinations.ts'

interface SendKeyMenuProps {
  isDisabled: boolean
  onSend: (combination: KeyCombination) => void
}

export function SendKeyMenu({ isDisabled, onSend }: SendKeyMenuProps) {
  const { t } = useTranslation()
  return (
    <LongMenu
      // The guest gets the keyboard after the choice.
      shouldFocusToggleOnSelect={false}
      popperProps={{ appendTo: 'inline' }}
      toggle={{ size: 'sm', isDisabled, children: t('consoles.action.sendKey') }}
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
    </LongMenu>
  )
}
