import { Divider, DropdownList } from '@patternfly/react-core'
import { Fragment } from 'react'
import { ActionItem } from '../ActionItem.tsx'
import { ActionsMenu } from '../ActionsMenu.tsx'
import type { VirtualMachineTarget } from '../virtual-machine/action.ts'
import { useInstanceActions } from './use-instance-actions.tsx'

interface InstanceMenuProps {
  target: VirtualMachineTarget
  variant: 'kebab' | 'button'
}

export function InstanceMenu({ target, variant }: InstanceMenuProps) {
  return (
    <ActionsMenu name={target.name} variant={variant}>
      <InstanceActionList target={target} />
    </ActionsMenu>
  )
}

function InstanceActionList({ target }: { target: VirtualMachineTarget }) {
  const actions = useInstanceActions(target)
  return (
    <DropdownList>
      {actions.map((action) => (
        <Fragment key={action.name}>
          {action.isDanger && <Divider component="li" />}
          <ActionItem {...action} />
        </Fragment>
      ))}
    </DropdownList>
  )
}
