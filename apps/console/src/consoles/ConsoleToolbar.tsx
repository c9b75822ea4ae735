import {
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { CompressIcon } from '@patternfly/react-icons/dist/esm/icons/compress-icon'
import { ExpandIcon } from '@patternfly/react-icons/dist/esm/icons/expand-icon'
import type { ReactNode, RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsoleChoice } from './console-choice.ts'
import type { ConsoleSession } from './console-session.ts'
import { ConsoleSwitcher } from './ConsoleSwitcher.tsx'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'
import { TerminalTools } from './terminal/TerminalTools.tsx'
import { VncTools } from './vnc/VncTools.tsx'

interface ConsoleToolbarProps {
  session: ConsoleSession<VirtualMachineDisplay>
  virtualMachineName: string
  panel: RefObject<HTMLElement | null>
  /** Whether the console's own helper is open: the keyboard of VNC, the search of serial. */
  isHelperShown: boolean
  onHelper: (isShown: boolean) => void
  choice: ConsoleChoice
  onChoose: (change: Partial<ConsoleChoice>) => void
  /** What else can be done with this console as a whole. */
  children?: ReactNode
  isFullScreen: boolean
  onToggleFullScreen: () => void
}

export function ConsoleToolbar(props: ConsoleToolbarProps) {
  const { session, virtualMachineName, panel, isHelperShown, onHelper } = props
  const { choice, onChoose, children, isFullScreen, onToggleFullScreen } = props
  const { t } = useTranslation()
  const { activity, state } = session.machine.use()
  const display = session.display.use()
  const isConnected = activity.type === 'open'

  return (
    <Toolbar aria-label={t('consoles.toolbar')} className="virtdeck-console__toolbar">
      <ToolbarContent>
        <ConsoleSwitcher choice={choice} onChoose={onChoose} />
        <ToolbarGroup align={{ default: 'alignEnd' }}>
          {display?.kind === 'vnc' && (
            <VncTools
              display={display}
              name={virtualMachineName}
              isConnected={isConnected}
              panel={panel}
              isKeyboardShown={isHelperShown}
              onKeyboard={onHelper}
            />
          )}
          {display?.kind === 'serial' && (
            <TerminalTools
              display={display}
              name={virtualMachineName}
              panel={panel}
              isSearching={isHelperShown}
              onSearch={onHelper}
            />
          )}
          <ToolbarItem>
            <Button
              variant="secondary"
              size="sm"
              isDisabled={activity.type === 'none'}
              onClick={() => session.send({ type: 'disconnect' })}
            >
              {t('consoles.action.disconnect')}
            </Button>
          </ToolbarItem>
          <ToolbarItem>
            <Button
              variant="secondary"
              size="sm"
              isDisabled={state.name === 'waiting' || state.name === 'connecting'}
              // One's own old connection must not count as another session's.
              onClick={() => session.send({ type: 'connect', takeOver: isConnected })}
            >
              {t('consoles.action.reconnect')}
            </Button>
          </ToolbarItem>
          {children}
          <ToolbarItem>
            <Button
              variant="plain"
              size="sm"
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
