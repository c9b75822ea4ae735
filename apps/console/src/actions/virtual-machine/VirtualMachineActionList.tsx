import { Divider, DropdownList } from '@patternfly/react-core'
import { Fragment } from 'react'
import { ActionItem } from '../ActionItem.tsx'
import type { VirtualMachineTarget } from './action.ts'
import { useVirtualMachineActions } from './use-virtual-machine-actions.tsx'

/** The content of a VM's menus. */
export function VirtualMachineActionList({ target }: { target: VirtualMachineTarget }) {
  const actions = useVirtualMachineActions(target)
  return (
    <DropdownList>
      {actions.map((action, index) => (
        <Fragment key={action.name}>
          {index > 0 && actions[index - 1]?.group !== action.group && (
            <Divider component="li" />
          )}
          <ActionItem {...action} />
        </Fragment>
      ))}
    </DropdownList>
  )
}
