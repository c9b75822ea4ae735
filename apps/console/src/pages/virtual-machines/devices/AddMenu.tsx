import { Dropdown, DropdownItem, DropdownList, MenuToggle } from '@patternfly/react-core'
import { useState } from 'react'
import { AddButton } from './AddButton.tsx'

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
  // A menu's toggle cannot carry the tooltip that tells keyboards why it is disabled.
  if (reason !== undefined) {
    return <AddButton label={label} reason={reason} onClick={() => setIsOpen(false)} />
  }
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      popperProps={{ position: 'right' }}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="secondary"
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
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
