import {
  Dropdown,
  MenuToggle,
  type DropdownProps,
  type MenuToggleProps,
} from '@patternfly/react-core'
import { useState, type ReactNode } from 'react'
import { menuRoom } from './menu-room.ts'

interface LongMenuProps extends Pick<
  DropdownProps,
  'popperProps' | 'shouldFocusToggleOnSelect'
> {
  /** What opens it, as PatternFly's MenuToggle has it. */
  toggle: Omit<MenuToggleProps, 'ref' | 'isExpanded' | 'onClick'>
  /** Is called with the value of an item, for those that have one. */
  onSelect?: (value: string | number | undefined) => void
  /** Only there while it is open, so that a closed menu costs nothing. */
  children: ReactNode
}

/** A menu that stays inside of the window: it scrolls where there is too little room for it. */
export function LongMenu({ toggle, onSelect, children, ...dropdown }: LongMenuProps) {
  const [isOpen, setIsOpen] = useState(false)
  const [room, setRoom] = useState<number>()
  return (
    <Dropdown
      {...dropdown}
      isOpen={isOpen}
      isScrollable
      {...(room !== undefined && { maxMenuHeight: `${room}px` })}
      onOpenChange={setIsOpen}
      onSelect={(_event, value) => {
        setIsOpen(false)
        onSelect?.(value)
      }}
      toggle={(ref) => (
        <MenuToggle
          {...toggle}
          ref={ref}
          isExpanded={isOpen}
          onClick={({ currentTarget }) => {
            setRoom(menuRoom(currentTarget.getBoundingClientRect(), window.innerHeight))
            setIsOpen(!isOpen)
          }}
        />
      )}
    >
      {isOpen && children}
    </Dropdown>
  )
}
