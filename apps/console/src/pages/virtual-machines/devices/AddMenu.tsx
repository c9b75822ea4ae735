import { Button, DropdownItem, DropdownList, Tooltip } from '@patternfly/react-core'
import { LongMenu } from '../../../ui/LongMenu.tsx'

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
  // A menu's toggle cannot carry the tooltip that tells keyboards why it is disabled.
  if (reason !== undefined) {
    return (
      <Tooltip content={reason}>
        <Button variant="secondary" isAriaDisabled>
          {label}
        </Button>
      </Tooltip>
    )
  }
  return (
    <LongMenu
      popperProps={{ position: 'right' }}
      toggle={{ variant: 'secondary', children: label }}
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
    </LongMenu>
  )
}
