import {
  Divider,
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
} from '@patternfly/react-core'
import { EllipsisVIcon } from '@patternfly/react-icons'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VirtualMachineTarget } from '../virtual-machine/action.ts'
import { useInstanceActions } from './use-instance-actions.tsx'
import { useMenuRoom } from '../../ui/use-menu-room.ts'

interface InstanceMenuProps {
  target: VirtualMachineTarget
  /** ⋮ in a row, "Actions" on a page. */
  variant: 'kebab' | 'button'
}

/** Rights are asked for when the menu opens: a row costs no request. */
export function InstanceMenu({ target, variant }: InstanceMenuProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const { measureRoom, menuProps } = useMenuRoom()
  const isKebab = variant === 'kebab'
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
          variant={isKebab ? 'plain' : 'default'}
          isExpanded={isOpen}
          onClick={({ currentTarget }) => {
            measureRoom(currentTarget)
            setIsOpen(!isOpen)
          }}
          {...(isKebab && {
            'aria-label': t('actions.menuOf', { name: target.name }),
            icon: <EllipsisVIcon />,
          })}
        >
          {isKebab ? null : t('actions.menu')}
        </MenuToggle>
      )}
    >
      {isOpen && <InstanceActionList target={target} />}
    </Dropdown>
  )
}

/** What cannot be done stays and says why, on hover and focus. */
function InstanceActionList({ target }: { target: VirtualMachineTarget }) {
  const actions = useInstanceActions(target)
  return (
    <DropdownList>
      {actions.map(({ name, label, icon: Icon, isDanger, disabledReason, onSelect }) => (
        <Fragment key={name}>
          {isDanger && <Divider component="li" />}
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
      ))}
    </DropdownList>
  )
}
