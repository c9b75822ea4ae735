import {
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { CompressIcon } from '@patternfly/react-icons/dist/esm/icons/compress-icon'
import { ExpandIcon } from '@patternfly/react-icons/dist/esm/icons/expand-icon'
import type { ConsoleKind } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import type { ConsoleSession } from './console-session.ts'
import { ConsoleSwitcher } from './ConsoleSwitcher.tsx'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'
import { SendKeyMenu } from './vnc/SendKeyMenu.tsx'

interface ConsoleToolbarProps {
  session: ConsoleSession<VirtualMachineDisplay>
  onSwitch: (from: ConsoleKind) => void
  isFullScreen: boolean
  onToggleFullScreen: () => void
}

export function ConsoleToolbar({
  session,
  onSwitch,
  isFullScreen,
  onToggleFullScreen,
}: ConsoleToolbarProps) {
  const { t } = useTranslation()
  const { activity, state } = session.machine.use()
  const display = session.display.use()
  const isConnected = activity.type === 'open'

  return (
    <Toolbar aria-label={t('consoles.toolbar')} className="virtdeck-console__toolbar">
      <ToolbarContent>
        <ConsoleSwitcher onSwitch={onSwitch} />
        <ToolbarGroup align={{ default: 'alignEnd' }}>
          {display?.kind === 'vnc' && (
            <ToolbarItem>
              <SendKeyMenu
                isDisabled={!isConnected}
                onSend={(combination) => {
                  display.sendKeys(combination)
                  display.focus()
                }}
              />
            </ToolbarItem>
          )}
          <ToolbarItem>
            <Button
              variant="secondary"
              isDisabled={activity.type === 'none'}
              onClick={() => session.send({ type: 'disconnect' })}
            >
              {t('consoles.action.disconnect')}
            </Button>
          </ToolbarItem>
          <ToolbarItem>
            <Button
              variant="secondary"
              isDisabled={state.name === 'waiting' || state.name === 'connecting'}
              // One's own old connection must not count as another session's.
              onClick={() => session.send({ type: 'connect', takeOver: isConnected })}
            >
              {t('consoles.action.reconnect')}
            </Button>
          </ToolbarItem>
          <ToolbarItem>
            <Button
              variant="plain"
              icon={isFullScreen ? <CompressIcon /> : <ExpandIcon />}
              aria-label={
                isFullScreen
                  ? t('consoles.action.exitFullScreen')
                  : t('consoles.action.fullScreen')
              }
              onClick={onToggleFullScreen}
            />
          </ToolbarItem>
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  )
}
