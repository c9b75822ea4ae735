import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { useState } from 'react'
import { AddButton } from './AddButton.tsx'
import { useMenuRoom } from '../../../ui/use-menu-room.ts'

export interface AddChoice {
  label: string
  description: string
  onClick: () => void
}

interface AddMenuProps {
  label: string
  /** Why nothing can be added. */
  reason: string | undefined
  choices: readonly AddChoice[]
}

/** One button for everything that can be added, each with what it is. */
export function AddMenu({ label, reason, choices }: AddMenuProps) {
  const [isOpen, setIsOpen] = useState(false)
  const { measureRoom, menuProps } = useMenuRoom()
  // A menu's toggle cannot carry the tooltip that tells keyboards why it is disabled.
  if (reason !== undefined) {
    return <AddButton label={label} reason={reason} onClick={() => setIsOpen(false)} />
  }
  return (
    <Dropdown
      {...menuProps}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="secondary"
          isExpanded={isOpen}
          onClick={({ currentTarget }) => {
            measureRoom(currentTarget)
            setIsOpen(!isOpen)
          }}
        >
          {label}
        </MenuToggle>
      )}
    >
      <DropdownList>
        {choices.map((choice) => (
          <DropdownItem
            key={choice.label}
            description={choice.description}
            onClick={choice.onClick}
          >
            {choice.label}
          </DropdownItem>
        ))}
      </DropdownList>
    </Dropdown>
  )
}
