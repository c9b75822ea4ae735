import { FormGroup, FormSelect, FormSelectOption } from '@patternfly/react-core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import {
  KEYBOARD_LAYOUT_NAMES,
  KEYBOARD_LAYOUTS,
  type KeyboardLayoutName,
} from './keyboard/keyboard-layouts.ts'
import { changeVncSettings, useVncSettings } from './vnc-settings.ts'

/** The keyboard that the guest believes to have. */
export function LayoutSelect() {
  const { t } = useTranslation()
  const id = useId()
  const { layout } = useVncSettings()
  return (
    <FormGroup label={t('consoles.paste.layout')} fieldId={id}>
      <FormSelect
        id={id}
        value={layout}
        onChange={(_event, value) => changeVncSettings({ layout: value as KeyboardLayoutName })}
      >
        {KEYBOARD_LAYOUT_NAMES.map((name) => (
          <FormSelectOption key={name} value={name} label={KEYBOARD_LAYOUTS[name].label} />
        ))}
      </FormSelect>
    </FormGroup>
  )
}
