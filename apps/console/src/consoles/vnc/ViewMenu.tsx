import { DropdownGroup, DropdownItem, DropdownList } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { LongMenu } from '../../ui/LongMenu.tsx'
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

  function select(value: string | number | undefined): void {
    if (value === 'viewOnly') onViewOnly(!isViewOnly)
    else if (value === 'keyboard') onKeyboard(!isKeyboardShown)
    else if (SCALINGS.includes(value as Scaling)) {
      changeVncSettings({ scaling: value as Scaling })
    } else changeVncSettings({ picture: value as Picture })
  }

  return (
    <LongMenu
      popperProps={{ appendTo: 'inline' }}
      onSelect={select}
      toggle={{ size: 'sm', children: t('consoles.view.title') }}
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
    </LongMenu>
  )
}
