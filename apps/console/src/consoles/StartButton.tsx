import { Button, Tooltip } from '@patternfly/react-core'
import type { VirtualMachineTarget } from '../actions/virtual-machine/action.ts'
import { useVirtualMachineActions } from '../actions/virtual-machine/use-virtual-machine-actions.tsx'

/** Starts the VM whose console is waited for; the notice beside it says what that means. */
export function StartButton({ target }: { target: VirtualMachineTarget }) {
  const start = useVirtualMachineActions(target).find(({ name }) => name === 'start')
  if (!start) return null
  const { label, disabledReason, run } = start
  const button = (
    <Button variant="primary" isAriaDisabled={disabledReason !== undefined} onClick={run}>
      {label}
    </Button>
  )
  return disabledReason === undefined ? (
    button
  ) : (
    <Tooltip content={disabledReason}>{button}</Tooltip>
  )
}
