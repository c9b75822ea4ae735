import { DropdownItem } from '@patternfly/react-core'
import type { ComponentType } from 'react'

interface ActionItemProps {
  label: string
  icon: ComponentType
  isDanger: boolean
  disabledReason: string | undefined
  onSelect: () => void
}

/** What cannot be done stays in the menu and says why, on hover and focus. */
export function ActionItem(props: ActionItemProps) {
  const { label, icon: Icon, isDanger, disabledReason, onSelect } = props
  const isEnabled = disabledReason === undefined
  return (
    <DropdownItem
      icon={<Icon />}
      isDanger={isDanger && isEnabled}
      isAriaDisabled={!isEnabled}
      onClick={onSelect}
      {...(!isEnabled && { tooltipProps: { content: disabledReason, position: 'left' } })}
    >
      {label}
    </DropdownItem>
  )
}
