import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { EllipsisVIcon } from '@patternfly/react-icons'
import { useState } from 'react'

export interface DeviceAction {
  label: string
  /** Why it cannot be done. */
  reason?: string | undefined
  isDanger?: boolean
  onClick: () => void
}

/** The ⋮ menu of a disk or NIC; nothing where nothing can ever be done. */
export function DeviceMenu(props: { label: string; actions: readonly DeviceAction[] }) {
  const { label, actions } = props
  const [isOpen, setIsOpen] = useState(false)
  if (actions.length === 0) return null
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plain"
          aria-label={label}
          icon={<EllipsisVIcon />}
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        />
      )}
    >
      <DropdownList>
        {actions.map(({ label: text, reason, isDanger = false, onClick }) => (
          <DropdownItem
            key={text}
            isDanger={isDanger}
            isAriaDisabled={reason !== undefined}
            onClick={onClick}
            {...(reason !== undefined && { tooltipProps: { content: reason } })}
          >
            {text}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  )
}
