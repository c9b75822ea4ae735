import {
  Dropdown,
  DropdownItem,
  DropdownList,
  MenuToggle,
  Tooltip,
} from '@patternfly/react-core'
import { useRef, useState, type ReactNode } from 'react'

export interface IconMenuItem {
  id: string
  label: ReactNode
  isSelected?: boolean
  onSelect: () => void
  /** `lang` of the label, where it is not the page's. */
  lang?: string
}

interface IconMenuProps {
  label: string
  icon: ReactNode
  items: readonly IconMenuItem[]
}

/** A menu behind one icon; the label is its tooltip and its name. */
export function IconMenu({ label, icon, items }: IconMenuProps) {
  const [isOpen, setIsOpen] = useState(false)
  const toggleRef = useRef<HTMLButtonElement>(null)
  return (
    <>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        onSelect={() => setIsOpen(false)}
        popperProps={{ position: 'right' }}
        toggle={{
          toggleRef,
          toggleNode: (
            <MenuToggle
              ref={toggleRef}
              variant="plain"
              aria-label={label}
              icon={icon}
              isExpanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
            />
          ),
        }}
      >
        <DropdownList>
          {items.map(({ id, label: itemLabel, isSelected, onSelect, lang }) => (
            <DropdownItem
              key={id}
              isSelected={isSelected ?? false}
              onClick={onSelect}
              {...(lang && { lang })}
            >
              {itemLabel}
            </DropdownItem>
          ))}
        </DropdownList>
      </Dropdown>
      {!isOpen && <Tooltip content={label} triggerRef={toggleRef} aria="none" />}
    </>
  )
}
