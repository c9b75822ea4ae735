import {
  Button,
  MenuToggle,
  type MenuToggleElement,
  Select,
  SelectGroup,
  SelectList,
  SelectOption,
  TextInputGroup,
  TextInputGroupMain,
  TextInputGroupUtilities,
} from '@patternfly/react-core'
import { TimesIcon } from '@patternfly/react-icons'
import { useEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Field, type FieldTexts } from './Field.tsx'
import { useFieldProblems, useFieldWarnings } from './form-problems.ts'

export interface SearchChoice {
  value: string
  label: string
  description?: string
}

export interface ChoiceGroup {
  label: string
  choices: readonly SearchChoice[]
}

interface SearchSelectFieldProps extends FieldTexts {
  /** The field's place in the form's values. */
  name: string
  value: string
  groups: readonly ChoiceGroup[]
  placeholder: string
  /** What is missing is not said before somebody was here. */
  isTouched?: boolean
  onChoose: (value: string) => void
  onClear: () => void
}

/** A choice among many in groups, narrowed by what is typed; arrow keys and Enter choose. */
export function SearchSelectField(props: SearchSelectFieldProps) {
  const { name, value, groups, placeholder, isTouched = true, ...rest } = props
  const { onChoose, onClear, ...texts } = rest
  const { t } = useTranslation()
  const problems = useFieldProblems(name, isTouched)
  const warnings = useFieldWarnings(name)
  const input = useRef<HTMLInputElement>(null)
  const [search, setSearch] = useState<string>()
  const [active, setActive] = useState(0)
  const isOpen = search !== undefined
  const shown = narrowed(groups, search ?? '')
  const choices = shown.flatMap((group) => group.choices)
  const close = () => setSearch(undefined)
  const open = () => {
    setSearch('')
    setActive(0)
  }
  const choose = (chosen: string) => {
    close()
    input.current?.focus()
    if (chosen !== value) onChoose(chosen)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      if (!isOpen) open()
      else if (choices.length > 0) setActive((active + step + choices.length) % choices.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      if (activeChoice) choose(activeChoice.value)
    } else if (event.key === 'Tab') close()
  }
  const listId = `${name}-list`
  const optionId = (choice: SearchChoice) => `${name}-${choice.value}`
  const activeChoice = isOpen ? choices[active] : undefined
  const activeId = activeChoice && optionId(activeChoice)
  useEffect(() => {
    // What the arrow keys reach is in sight, also far down a long list.
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])
  const selected = groups
    .flatMap((group) => group.choices)
    .find((choice) => choice.value === value)
  return (
    <Field {...texts} problems={problems} warnings={warnings}>
      {(ids) => (
        <Select
          isOpen={isOpen}
          selected={value}
          onSelect={(_event, chosen) => choose(String(chosen))}
          onOpenChange={(opens) => !opens && close()}
          variant="typeahead"
          isScrollable
          popperProps={{ appendTo: () => layerOf(input.current) }}
          toggle={(toggle: Ref<MenuToggleElement>) => (
            <MenuToggle
              ref={toggle}
              variant="typeahead"
              isExpanded={isOpen}
              isFullWidth
              onClick={() => (isOpen ? close() : open())}
              aria-label={t('wizard.showChoices', { label: texts.label })}
            >
              <TextInputGroup isPlain>
                <TextInputGroupMain
                  inputId={ids.id}
                  innerRef={input}
                  name={name}
                  value={search ?? selected?.label ?? value}
                  onClick={() => !isOpen && open()}
                  onChange={(_event, text) => {
                    setSearch(text)
                    setActive(0)
                  }}
                  onKeyDown={onKeyDown}
                  autoComplete="off"
                  placeholder={placeholder}
                  // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role, jsx-a11y/role-has-required-aria-props -- no native element narrows by typing; isExpanded is aria-expanded
                  role="combobox"
                  isExpanded={isOpen}
                  aria-controls={listId}
                  aria-label={texts.label}
                  inputProps={{ 'aria-describedby': ids['aria-describedby'] }}
                  {...(activeId && { 'aria-activedescendant': activeId })}
                />
                {value !== '' && (
                  <TextInputGroupUtilities>
                    <Button
                      variant="plain"
                      icon={<TimesIcon />}
                      aria-label={t('wizard.clearChoice', { label: texts.label })}
                      onClick={() => {
                        close()
                        onClear()
                        input.current?.focus()
                      }}
                    />
                  </TextInputGroupUtilities>
                )}
              </TextInputGroup>
            </MenuToggle>
          )}
        >
          {shown.map((group, index) => (
            <SelectGroup key={group.label} label={group.label}>
              <SelectList {...(index === 0 && { id: listId })} aria-label={group.label}>
                {group.choices.map((choice) => (
                  <SelectOption
                    key={choice.value}
                    id={optionId(choice)}
                    value={choice.value}
                    isFocused={choices[active] === choice}
                    {...(choice.description && { description: choice.description })}
                  >
                    {choice.label}
                  </SelectOption>
                ))}
              </SelectList>
            </SelectGroup>
          ))}
          {choices.length === 0 && (
            <SelectList id={listId} aria-label={texts.label}>
              <SelectOption isDisabled>{t('wizard.noChoice')}</SelectOption>
            </SelectList>
          )}
        </Select>
      )}
    </Field>
  )
}

/** A dialog hides everything beside itself from screen readers, so its choices belong inside. */
function layerOf(field: HTMLElement | null): HTMLElement {
  return field?.closest<HTMLElement>('.pf-v6-c-backdrop') ?? document.body
}

/** Every word that is typed must be somewhere in a choice. */
function narrowed(groups: readonly ChoiceGroup[], search: string): ChoiceGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return groups
    .map(({ label, choices }) => ({
      label,
      choices: choices.filter((choice) => {
        const text = `${choice.label} ${choice.value} ${choice.description ?? ''}`.toLowerCase()
        return words.every((word) => text.includes(word))
      }),
    }))
    .filter(({ choices }) => choices.length > 0)
}
