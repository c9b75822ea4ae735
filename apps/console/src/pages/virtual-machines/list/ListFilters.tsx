import {
  MenuToggle,
  Select,
  SelectList,
  SelectOption,
  ToolbarFilter,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core'
import { FilterIcon } from '@patternfly/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListState } from '../../../table/use-list-parameters.ts'
import { FacetSelect } from './FacetSelect.tsx'
import { useFacetText } from './facet-text.ts'
import { LIST_FILTERS } from './list-filters.ts'

interface ListFiltersProps {
  list: ListState
  namespace: string | undefined
}

/** First what to narrow the list by, then the values; what is chosen stands below. */
export function ListFilters({ list, namespace }: ListFiltersProps) {
  const { t } = useTranslation()
  const textOf = useFacetText()
  const { filters } = list.parameters
  const [isOpen, setIsOpen] = useState(false)
  const [current, setCurrent] = useState('status')
  // In one project there is no choice of projects.
  const offered = Object.entries(LIST_FILTERS).filter(
    ([, { facet }]) => facet !== 'namespace' || namespace === undefined,
  )
  const filter = LIST_FILTERS[current]
  return (
    <ToolbarGroup variant="filter-group">
      <ToolbarItem>
        <Select
          isOpen={isOpen}
          onOpenChange={setIsOpen}
          selected={current}
          onSelect={(_event, value) => {
            setCurrent(String(value))
            setIsOpen(false)
          }}
          toggle={(ref) => (
            <MenuToggle
              ref={ref}
              icon={<FilterIcon />}
              isExpanded={isOpen}
              aria-label={t('virtualMachine.list.filterBy', {
                filter: filter && t(filter.label),
              })}
              onClick={() => setIsOpen(!isOpen)}
            >
              {filter && t(filter.label)}
            </MenuToggle>
          )}
        >
          <SelectList aria-label={t('virtualMachine.list.filters')}>
            {offered.map(([name, { label }]) => (
              <SelectOption key={name} itemId={name}>
                {t(label)}
              </SelectOption>
            ))}
          </SelectList>
        </Select>
      </ToolbarItem>
      {Object.entries(LIST_FILTERS).map(([name, { facet, label }]) => {
        const values = filters[name] ?? []
        const remove = (value: string) =>
          list.setFilter(
            name,
            values.filter((other) => other !== value),
          )
        return (
          <ToolbarFilter
            key={name}
            categoryName={{ key: name, name: t(label) }}
            labels={values.map((value) => ({ key: value, node: textOf(facet, value) }))}
            deleteLabel={(_category, chosen) =>
              remove(typeof chosen === 'string' ? chosen : chosen.key)
            }
            deleteLabelGroup={() => list.setFilter(name, [])}
            showToolbarItem={name === current}
          >
            <FacetSelect
              key={name}
              facet={facet}
              label={t(label)}
              namespace={namespace}
              values={values}
              onChange={(next) => list.setFilter(name, next)}
            />
          </ToolbarFilter>
        )
      })}
    </ToolbarGroup>
  )
}
