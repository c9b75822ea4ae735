import { Button, Tooltip } from '@patternfly/react-core'

interface AddButtonProps {
  label: string
  /** Why it cannot be added. */
  reason: string | undefined
  onClick: () => void
}

export function AddButton({ label, reason, onClick }: AddButtonProps) {
  const button = (
    <Button variant="secondary" isAriaDisabled={reason !== undefined} onClick={onClick}>
      {label}
    </Button>
  )
  return reason === undefined ? button : <Tooltip content={reason}>{button}</Tooltip>
}
