import {
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
  Tooltip,
} from '@patternfly/react-core'
import { useRef, useState } from 'react'

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
  const place = useRef<HTMLDivElement>(null)
  return (
    <div ref={place}>
      {reason !== undefined && <Tooltip content={reason} triggerRef={place} />}
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        onSelect={() => setIsOpen(false)}
        popperProps={{ position: 'right' }}
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            variant="secondary"
            aria-disabled={reason !== undefined}
            isExpanded={isOpen}
            onClick={() => reason === undefined && setIsOpen(!isOpen)}
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
    </div>
  )
}
