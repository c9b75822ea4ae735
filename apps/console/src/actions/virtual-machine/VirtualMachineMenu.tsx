import { Dropdown, MenuToggle } from '@patternfly/react-core'
import { EllipsisVIcon } from '@patternfly/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VirtualMachineTarget } from './action.ts'
import { VirtualMachineActionList } from './VirtualMachineActionList.tsx'
import { useMenuRoom } from '../../ui/use-menu-room.ts'

interface VirtualMachineMenuProps {
  target: VirtualMachineTarget
  /** ⋮ in a row, "Actions" on a page. */
  variant: 'kebab' | 'button'
}

/** Rights are asked for when the menu opens: a row costs no request. */
export function VirtualMachineMenu({ target, variant }: VirtualMachineMenuProps) {
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
      {isOpen && <VirtualMachineActionList target={target} />}
    </Dropdown>
  )
}
