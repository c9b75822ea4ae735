import { Button, ToolbarItem } from '@patternfly/react-core'
import { CompressIcon } from '@patternfly/react-icons/dist/esm/icons/compress-icon'
import { ExpandIcon } from '@patternfly/react-icons/dist/esm/icons/expand-icon'
import { useTranslation } from 'react-i18next'

interface FullScreenItemProps {
  isFullScreen: boolean
  onToggle: () => void
}

/** The last item of every console's toolbar. */
export function FullScreenItem({ isFullScreen, onToggle }: FullScreenItemProps) {
  const { t } = useTranslation()
  const name = isFullScreen ? 'exitFullScreen' : 'fullScreen'
  return (
    <ToolbarItem>
      <Button
        variant="plain"
        size="sm"
        icon={isFullScreen ? <CompressIcon /> : <ExpandIcon />}
        aria-label={t(`consoles.action.${name}`)}
        onClick={onToggle}
      />
    </ToolbarItem>
  )
}
