import { MenuToggle, Select, SelectList, SelectOption, Tooltip } from '@patternfly/react-core'
import { ColumnsIcon } from '@patternfly/react-icons'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FIXED_COLUMN, setShownColumns, useShownColumns } from './list-columns.ts'
import { virtualMachineColumns } from './virtual-machine-columns.tsx'

/** Which columns the list has; this browser remembers it. */
export function ColumnsMenu() {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const toggleRef = useRef<HTMLButtonElement>(null)
  const shown = useShownColumns()
  const toggle = (id: string) =>
    setShownColumns(shown.includes(id) ? shown.filter((other) => other !== id) : [...shown, id])
  return (
    <>
      <Select
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        isScrollable
        maxMenuHeight="32rem"
        toggle={{
          toggleRef,
          toggleNode: (
            <MenuToggle
              ref={toggleRef}
              variant="plain"
              icon={<ColumnsIcon />}
              aria-label={t('virtualMachine.list.columns')}
              isExpanded={isOpen}
              onClick={() => setIsOpen(!isOpen)}
            />
          ),
        }}
      >
        <SelectList aria-label={t('virtualMachine.list.columns')}>
          {virtualMachineColumns.map(({ id, label }) => (
            <SelectOption
              key={id}
              itemId={id}
              hasCheckbox
              isSelected={id === FIXED_COLUMN || shown.includes(id)}
              isDisabled={id === FIXED_COLUMN}
              onClick={() => toggle(id)}
            >
              {t(label)}
            </SelectOption>
          ))}
        </SelectList>
      </Select>
      {!isOpen && (
        <Tooltip
          content={t('virtualMachine.list.columns')}
          triggerRef={toggleRef}
          aria="none"
        />
      )}
    </>
  )
}
