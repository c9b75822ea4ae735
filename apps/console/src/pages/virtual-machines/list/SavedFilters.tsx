import {
  Button,
  Divider,
  Dropdown,
  DropdownItem,
  DropdownList,
  Form,
  FormGroup,
  MenuItemAction,
  MenuToggle,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core'
import { TrashIcon } from '@patternfly/react-icons'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { openDialog } from '../../../feedback/dialogs.ts'
import type { ListState } from '../../../table/use-list-parameters.ts'
import { LIST_DEFAULTS, LIST_FILTERS } from './list-filters.ts'
import { filterQuery, forgetFilter, saveFilter, useSavedFilters } from './saved-filters.ts'
import { parseListParameters } from '../../../table/list-parameters.ts'

/** Filters under names of the user's own, kept by this browser. The URL shares them. */
export function SavedFilters({ list }: { list: ListState }) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const [query] = useSearchParams()
  const saved = useSavedFilters()
  const current = filterQuery(query, Object.keys(LIST_FILTERS))
  const used = saved.find((filter) => filter.query === current)
  const apply = (text: string) => {
    const { search, filters } = parseListParameters(new URLSearchParams(text), LIST_DEFAULTS)
    list.change({ search, filters })
  }
  return (
    <Dropdown
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      onSelect={() => setIsOpen(false)}
      toggle={(ref) => (
        <MenuToggle
          ref={ref}
          variant="plainText"
          isExpanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {used?.name ?? t('virtualMachine.list.savedFilters.label')}
        </MenuToggle>
      )}
    >
      <DropdownList>
        {saved.map(({ name, query: text }) => (
          <DropdownItem
            key={name}
            isSelected={text === current}
            onClick={() => apply(text)}
            actions={
              <MenuItemAction
                icon={<TrashIcon />}
                actionId={name}
                aria-label={t('virtualMachine.list.savedFilters.forget', { name })}
                onClick={() => forgetFilter(name)}
              />
            }
          >
            {name}
          </DropdownItem>
        ))}
        {saved.length > 0 && <Divider component="li" />}
        <DropdownItem
          isDisabled={current === ''}
          description={
            current === '' ? t('virtualMachine.list.savedFilters.nothing') : undefined
          }
          onClick={() =>
            openDialog((onClose) => <SaveFilterDialog query={current} onClose={onClose} />)
          }
        >
          {t('virtualMachine.list.savedFilters.save')}
        </DropdownItem>
      </DropdownList>
    </Dropdown>
  )
}

function SaveFilterDialog({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useTranslation()
  const id = useId()
  const [name, setName] = useState('')
  const trimmed = name.trim()
  return (
    <Modal isOpen variant="small" aria-labelledby={`${id}-title`} onClose={onClose}>
      <ModalHeader
        title={t('virtualMachine.list.savedFilters.title')}
        labelId={`${id}-title`}
      />
      <ModalBody>
        <Form
          id={id}
          onSubmit={(event) => {
            event.preventDefault()
            if (trimmed === '') return
            saveFilter({ name: trimmed, query })
            onClose()
          }}
        >
          <FormGroup
            label={t('virtualMachine.list.savedFilters.name')}
            fieldId={`${id}-name`}
            isRequired
          >
            <TextInput
              id={`${id}-name`}
              value={name}
              autoComplete="off"
              onChange={(_event, value) => setName(value)}
            />
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form={id} isDisabled={trimmed === ''}>
          {t('common.save')}
        </Button>
        <Button variant="link" onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
