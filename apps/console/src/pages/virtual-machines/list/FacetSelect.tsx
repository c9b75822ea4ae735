import {
  Badge,
  Divider,
  MenuSearch,
  MenuSearchInput,
  MenuToggle,
  SearchInput,
  Select,
  SelectList,
  SelectOption,
} from '@patternfly/react-core'
import type { VirtualMachineFacet, VirtualMachineFacetsQuery } from '@virtdeck/bff-contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import { useFacetText } from './facet-text.ts'

interface FacetProps {
  facet: VirtualMachineFacet
  label: string
  namespace: string | undefined
  values: readonly string[]
  onChange: (values: string[]) => void
}

/** As many as fit a menu that one can still survey; the search finds the others. */
const LIMIT = 50

/** The values that there are, the commonest first. They are asked for when the menu opens. */
export function FacetSelect(props: FacetProps) {
  const { label, values } = props
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const text =
    values.length > 0
      ? t('virtualMachine.list.chosenValues', { count: values.length })
      : t('virtualMachine.list.anyValue')
  return (
    <Select
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      isScrollable
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          isExpanded={isOpen}
          aria-label={`${label}: ${text}`}
          onClick={() => setIsOpen(!isOpen)}
        >
          {text}
        </MenuToggle>
      )}
    >
      {isOpen && <FacetOptions {...props} />}
    </Select>
  )
}

function FacetOptions({ facet, label, namespace, values, onChange }: FacetProps) {
  const { t } = useTranslation()
  const textOf = useFacetText()
  const [search, setSearch] = useState('')
  const { data, state, error } = useLiveQuery<VirtualMachineFacetsQuery>({
    kind: 'virtualMachineFacets',
    facet,
    ...(namespace !== undefined && { namespace }),
    ...(search !== '' && { search }),
    offset: 0,
    limit: LIMIT,
  })
  const found = data?.rows ?? []
  // What is chosen can be taken back, whether anything has it now or not.
  const missing = values.filter((value) => !found.some(({ key }) => key === value))
  const isKeyOfLabel = facet === 'label' && search !== '' && !search.includes('=')
  const toggle = (value: string) =>
    onChange(
      values.includes(value) ? values.filter((other) => other !== value) : [...values, value],
    )
  const option = (value: string, count?: number) => (
    <SelectOption
      key={value}
      itemId={value}
      hasCheckbox
      isSelected={values.includes(value)}
      onClick={() => toggle(value)}
    >
      {textOf(facet, value)} {count !== undefined && <Badge isRead>{count}</Badge>}
    </SelectOption>
  )
  return (
    <>
      <MenuSearch>
        <MenuSearchInput>
          <SearchInput
            aria-label={t('virtualMachine.list.searchValues', { filter: label })}
            placeholder={t('virtualMachine.list.searchValues', { filter: label })}
            value={search}
            onChange={(_event, value) => setSearch(value.trim())}
            onClear={() => setSearch('')}
          />
        </MenuSearchInput>
      </MenuSearch>
      <Divider />
      <SelectList aria-label={label}>
        {search === '' && missing.map((value) => option(value))}
        {isKeyOfLabel && (
          <SelectOption
            itemId={search}
            hasCheckbox
            isSelected={values.includes(search)}
            onClick={() => toggle(search)}
          >
            {t('virtualMachine.list.anyLabel', { key: search })}
          </SelectOption>
        )}
        {found.map(({ key, count }) => option(key, count))}
        {found.length === 0 && state !== 'loading' && (
          <SelectOption isDisabled>
            {error?.message ?? t('virtualMachine.list.noValues')}
          </SelectOption>
        )}
        {state === 'loading' && <SelectOption isDisabled>{t('common.loading')}</SelectOption>}
      </SelectList>
    </>
  )
}
