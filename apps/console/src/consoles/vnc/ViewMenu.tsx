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
import {
  changeVncSettings,
  PICTURES,
  SCALINGS,
  useVncSettings,
  type Picture,
  type Scaling,
} from './vnc-settings.ts'

interface ViewMenuProps {
  isViewOnly: boolean
  onViewOnly: (isOn: boolean) => void
  isKeyboardShown: boolean
  onKeyboard: (isShown: boolean) => void
}

/** F-41: how the guest's picture is shown, and what helps to type into it. */
export function ViewMenu(props: ViewMenuProps) {
  const { isViewOnly, onViewOnly, isKeyboardShown, onKeyboard } = props
  const { t } = useTranslation()
  const { scaling, picture } = useVncSettings()
  const [isOpen, setIsOpen] = useState(false)
  const { measureRoom, menuProps } = useMenuRoom()

  function select(value: string | number | undefined): void {
    setIsOpen(false)
    if (value === 'viewOnly') onViewOnly(!isViewOnly)
    else if (value === 'keyboard') onKeyboard(!isKeyboardShown)
    else if (SCALINGS.includes(value as Scaling)) {
      changeVncSettings({ scaling: value as Scaling })
    } else changeVncSettings({ picture: value as Picture })
  }

  return (
    <Dropdown
      isOpen={isOpen}
      {...menuProps}
      onOpenChange={setIsOpen}
      onSelect={(_event, value) => select(value)}
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
          {t('consoles.view.title')}
        </MenuToggle>
      )}
    >
      <DropdownGroup label={t('consoles.view.scaling')}>
        <DropdownList>
          {SCALINGS.map((value) => (
            <DropdownItem key={value} value={value} isSelected={value === scaling}>
              {t(`consoles.view.${value}`)}
            </DropdownItem>
          ))}
        </DropdownList>
      </DropdownGroup>
      <DropdownGroup label={t('consoles.view.picture')}>
        <DropdownList>
          {PICTURES.map((value) => (
            <DropdownItem
              key={value}
              value={value}
              isSelected={value === picture}
              description={t(`consoles.view.${value}Hint`)}
            >
              {t(`consoles.view.${value}`)}
            </DropdownItem>
          ))}
        </DropdownList>
      </DropdownGroup>
      <DropdownGroup label={t('consoles.view.input')}>
        <DropdownList>
          <DropdownItem value="viewOnly" isSelected={isViewOnly}>
            {t('consoles.view.viewOnly')}
          </DropdownItem>
          <DropdownItem value="keyboard" isSelected={isKeyboardShown}>
            {t('consoles.view.keyboard')}
          </DropdownItem>
        </DropdownList>
      </DropdownGroup>
    </Dropdown>
  )
}
