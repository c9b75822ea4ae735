import { Button, ToolbarItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PasteTextDialog } from './PasteTextDialog.tsx'
import { PictureMenu } from './PictureMenu.tsx'
import { SendKeyMenu } from './SendKeyMenu.tsx'
import { ViewMenu } from './ViewMenu.tsx'
import type { VncDisplay } from './vnc-display.ts'

interface VncToolsProps {
  display: VncDisplay
  name: string
  isConnected: boolean
  isKeyboardShown: boolean
  onKeyboard: (isShown: boolean) => void
}

/** F-41: what one can do with a guest's screen, beside looking at it. */
export function VncTools(props: VncToolsProps) {
  const { display, name, isConnected, isKeyboardShown, onKeyboard } = props
  const { t } = useTranslation()
  const isViewOnly = display.isViewOnly.use()
  const [isPasting, setIsPasting] = useState(false)
  const canType = isConnected && !isViewOnly
  return (
    <>
      <ToolbarItem>
        <SendKeyMenu
          isDisabled={!canType}
          onSend={(combination) => {
            display.sendKeys(combination)
            display.focus()
          }}
        />
      </ToolbarItem>
      <ToolbarItem>
        <Button
          variant="secondary"
          size="sm"
          isDisabled={!canType}
          onClick={() => setIsPasting(true)}
        >
          {t('consoles.paste.open')}
        </Button>
        {isPasting && (
          <PasteTextDialog
            display={display}
            onClose={() => {
              setIsPasting(false)
              display.focus()
            }}
          />
        )}
      </ToolbarItem>
      <ToolbarItem>
        <ViewMenu
          isViewOnly={isViewOnly}
          onViewOnly={display.isViewOnly.set}
          isKeyboardShown={isKeyboardShown}
          onKeyboard={onKeyboard}
        />
      </ToolbarItem>
      <ToolbarItem>
        <PictureMenu display={display} name={name} isDisabled={!isConnected} />
      </ToolbarItem>
    </>
  )
}
