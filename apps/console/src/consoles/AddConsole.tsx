import {
  Menu,
  MenuContainer,
  MenuContent,
  MenuItem,
  MenuList,
  MenuSearch,
  MenuSearchInput,
  MenuToggle,
  SearchInput,
} from '@patternfly/react-core'
import type { VirtualMachinesQuery } from '@virtdeck/bff-contract'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../live/use-live-query.ts'
import type { ConsoleOwner } from './console-sessions.ts'

const OFFERED = 10

interface AddConsoleProps {
  shown: readonly ConsoleOwner[]
  isDisabled: boolean
  onAdd: (owner: ConsoleOwner) => void
}

/** Chooses one more VM, by its name, from all projects. */
export function AddConsole({ shown, isDisabled, onAdd }: AddConsoleProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const toggle = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  return (
    <MenuContainer
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      toggleRef={toggle}
      menuRef={menu}
      popperProps={{ position: 'right' }}
      toggle={
        <MenuToggle
          ref={toggle}
          variant="primary"
          isExpanded={isOpen}
          isDisabled={isDisabled}
          onClick={() => setIsOpen(!isOpen)}
        >
          {t('consoles.wall.add')}
        </MenuToggle>
      }
      menu={
        <Menu ref={menu} isScrollable>
          <Choices
            shown={shown}
            onAdd={(owner) => {
              setIsOpen(false)
              onAdd(owner)
            }}
          />
        </Menu>
      }
    />
  )
}

function Choices({ shown, onAdd }: Pick<AddConsoleProps, 'shown' | 'onAdd'>) {
  const { t } = useTranslation()
  const [search, setSearch] = useState('')
  const { data } = useLiveQuery<VirtualMachinesQuery>({
    kind: 'virtualMachines',
    ...(search !== '' && { search }),
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: OFFERED,
  })
  const rows = (data?.rows ?? []).filter(
    (row) =>
      !shown.some(({ namespace, name }) => row.namespace === namespace && row.name === name),
  )
  return (
    <>
      <MenuSearch>
        <MenuSearchInput>
          <SearchInput
            aria-label={t('consoles.wall.search')}
            placeholder={t('consoles.wall.search')}
            value={search}
            onChange={(_event, value) => setSearch(value)}
            onClear={() => setSearch('')}
          />
        </MenuSearchInput>
      </MenuSearch>
      <MenuContent>
        <MenuList>
          {rows.map((row) => (
            <MenuItem
              key={row.key}
              description={row.namespace}
              onClick={() => onAdd({ namespace: row.namespace, name: row.name })}
            >
              {row.name}
            </MenuItem>
          ))}
          {data && rows.length === 0 && (
            <MenuItem isDisabled>{t('consoles.wall.none')}</MenuItem>
          )}
        </MenuList>
      </MenuContent>
    </>
  )
}
