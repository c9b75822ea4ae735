import { Divider, DropdownItem, DropdownList } from '@patternfly/react-core'
import { Fragment } from 'react'
import type { VirtualMachineTarget } from './action.ts'
import { useVirtualMachineActions } from './use-virtual-machine-actions.tsx'

/** The content of a VM's menus. What cannot be done stays and says why, on hover and focus. */
export function VirtualMachineActionList({ target }: { target: VirtualMachineTarget }) {
  const actions = useVirtualMachineActions(target)
  return (
    <DropdownList>
      {actions.map(
        ({ name, group, label, icon: Icon, isDanger, disabledReason, onSelect }, index) => (
          <Fragment key={name}>
            {index > 0 && actions[index - 1]?.group !== group && <Divider component="li" />}
            <DropdownItem
              icon={<Icon />}
              isDanger={isDanger && disabledReason === undefined}
              isAriaDisabled={disabledReason !== undefined}
              onClick={onSelect}
              {...(disabledReason !== undefined && {
                tooltipProps: { content: disabledReason, position: 'left' },
              })}
            >
              {label}
            </DropdownItem>
          </Fragment>
        ),
      )}
    </DropdownList>
  )
}
