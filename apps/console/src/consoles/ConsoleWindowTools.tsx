import { Button, ToolbarItem, Tooltip } from '@patternfly/react-core'
import { ColumnsIcon } from '@patternfly/react-icons/dist/esm/icons/columns-icon'
import { ExternalLinkAltIcon } from '@patternfly/react-icons/dist/esm/icons/external-link-alt-icon'
import type { ConsoleKind } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../paths.ts'
import type { ConsoleOwner } from './console-sessions.ts'

interface ConsoleWindowToolsProps {
  owner: ConsoleOwner
  kind: ConsoleKind | 'rdp' | 'ssh'
  /** The console is going to be used elsewhere; two viewers would end each other. */
  onMove: () => void
}

/** F-41: a console in a window of its own, or beside those of other VMs. */
export function ConsoleWindowTools({ owner, kind, onMove }: ConsoleWindowToolsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()

  function openWindow(): void {
    const opened = window.open(
      paths.consoleWindow({ ...owner, kind }),
      `virtdeck-${owner.namespace}-${owner.name}`,
      'popup,width=1100,height=860',
    )
    // A browser that blocks windows says so itself; then the console stays where it is.
    if (opened) onMove()
  }

  return (
    <>
      <ToolbarItem>
        <Tooltip content={t('consoles.window.open')} aria="none">
          <Button
            variant="plain"
            size="sm"
            icon={<ExternalLinkAltIcon />}
            aria-label={t('consoles.window.open')}
            onClick={openWindow}
          />
        </Tooltip>
      </ToolbarItem>
      <ToolbarItem>
        <Tooltip content={t('consoles.wall.open')} aria="none">
          <Button
            variant="plain"
            size="sm"
            icon={<ColumnsIcon />}
            aria-label={t('consoles.wall.open')}
            onClick={() => void navigate(paths.consoles({ virtualMachines: [owner] }))}
          />
        </Tooltip>
      </ToolbarItem>
    </>
  )
}
