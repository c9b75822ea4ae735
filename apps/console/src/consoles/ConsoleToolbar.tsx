import {
  Button,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConsoleChoice } from './console-choice.ts'
import type { ConsoleSession } from './console-session.ts'
import { ConsoleSwitcher } from './ConsoleSwitcher.tsx'
import { FullScreenItem } from './FullScreenItem.tsx'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'
import { TerminalTools } from './terminal/TerminalTools.tsx'
import { VncTools } from './vnc/VncTools.tsx'

interface ConsoleToolbarProps {
  session: ConsoleSession<VirtualMachineDisplay>
  virtualMachineName: string
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
  const { session, virtualMachineName, isHelperShown, onHelper } = props
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
              isKeyboardShown={isHelperShown}
              onKeyboard={onHelper}
            />
          )}
          {display?.kind === 'serial' && (
            <TerminalTools
              display={display}
              name={virtualMachineName}
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
          <FullScreenItem isFullScreen={isFullScreen} onToggle={onToggleFullScreen} />
        </ToolbarGroup>
      </ToolbarContent>
    </Toolbar>
  )
}
