import {
  Divider,
  HelperText,
  HelperTextItem,
  MenuSearch,
  MenuSearchInput,
  SearchInput,
  SelectList,
  SelectOption,
} from '@patternfly/react-core'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../live/use-live-query.ts'
import { useSession } from '../live/session.ts'

interface ProjectMenuProps {
  selected: string | undefined
  onChoose: (project: string | undefined) => void
}

/** As many as fit a menu that one can still survey; the search finds the others. */
const LIMIT = 100

/** A user who may not list namespaces can still type the name of one. */
export function ProjectMenu({ selected, onChoose }: ProjectMenuProps) {
  const { t } = useTranslation()
  const { defaultNamespace } = useSession()
  const [search, setSearch] = useState('')
  const { data, state, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group: '',
    version: 'v1',
    resource: 'namespaces',
    ...(search !== '' && { search }),
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: LIMIT,
  })
  const isForbidden = state === 'error'
  const known = isForbidden
    ? [...new Set([defaultNamespace, selected, search])].filter((name) => !!name)
    : (data?.rows.map(({ key }) => key) ?? [])
  return (
    <>
      <MenuSearch>
        <MenuSearchInput>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              const [first] = known
              if (first !== undefined && search !== '') onChoose(first)
            }}
          >
            <SearchInput
              aria-label={t('shell.project.search')}
              placeholder={t(isForbidden ? 'shell.project.type' : 'shell.project.search')}
              value={search}
              // The menu was opened to find something in it.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              onChange={(_event, value) => setSearch(value.trim())}
              onClear={() => setSearch('')}
            />
          </form>
        </MenuSearchInput>
        {isForbidden && (
          <HelperText>
            <HelperTextItem variant="warning">
              {t('shell.project.cannotList', { reason: error?.message })}
            </HelperTextItem>
          </HelperText>
        )}
      </MenuSearch>
      <Divider />
      <SelectList aria-label={t('shell.project.label')}>
        {search === '' && (
          <SelectOption
            itemId="*"
            isSelected={selected === undefined}
            onClick={() => onChoose(undefined)}
          >
            {t('shell.project.all')}
          </SelectOption>
        )}
        {known.map((name) => (
          <SelectOption
            key={name}
            itemId={name}
            isSelected={name === selected}
            onClick={() => onChoose(name)}
          >
            {name}
          </SelectOption>
        ))}
        {state === 'ready' && known.length === 0 && (
          <SelectOption isDisabled>{t('shell.project.none')}</SelectOption>
        )}
      </SelectList>
      {data && data.total > LIMIT && (
        <HelperText>
          <HelperTextItem>
            {t('shell.project.more', { count: data.total - LIMIT })}
          </HelperTextItem>
        </HelperText>
      )}
    </>
  )
}
