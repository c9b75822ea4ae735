import {
  Badge,
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
  ToolbarFilter,
} from '@patternfly/react-core'
import { FilterIcon } from '@patternfly/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { VIRTUAL_MACHINE_STATUSES } from './virtual-machine-statuses.ts'

interface StatusFilterProps {
  statuses: readonly string[]
  onChange: (statuses: string[]) => void
}

export function StatusFilter({ statuses, onChange }: StatusFilterProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const labelOf = (status: string) => {
    const look = VIRTUAL_MACHINE_STATUSES[status]
    return look ? t(look.label) : status
  }
  const without = (status: string) => statuses.filter((other) => other !== status)
  return (
    <ToolbarFilter
      categoryName={t('table.columns.status')}
      labels={statuses.map((status) => ({ key: status, node: labelOf(status) }))}
      deleteLabel={(_category, label) =>
        onChange(without(typeof label === 'string' ? label : label.key))
      }
      deleteLabelGroup={() => onChange([])}
    >
      <Select
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        selected={statuses}
        isScrollable
        toggle={(ref) => (
          <MenuToggle
            ref={ref}
            icon={<FilterIcon />}
            isExpanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            {...(statuses.length > 0 && { badge: <Badge isRead>{statuses.length}</Badge> })}
          >
            {t('table.columns.status')}
          </MenuToggle>
        )}
      >
        <SelectList aria-label={t('table.columns.status')}>
          {Object.keys(VIRTUAL_MACHINE_STATUSES).map((status) => {
            const isSelected = statuses.includes(status)
            return (
              <SelectOption
                key={status}
                itemId={status}
                hasCheckbox
                isSelected={isSelected}
                onClick={() => onChange(isSelected ? without(status) : [...statuses, status])}
              >
                {labelOf(status)}
              </SelectOption>
            )
          })}
        </SelectList>
      </Select>
    </ToolbarFilter>
  )
}
