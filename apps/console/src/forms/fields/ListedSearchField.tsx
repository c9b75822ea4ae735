import { useController } from 'react-hook-form'
import type { FieldTexts } from './Field.tsx'
import { useListReason } from './form-problems.ts'
import { SearchSelectField, type ChoiceGroup } from './SearchSelectField.tsx'
import { TextField } from './TextField.tsx'
import type { ListedObjects } from './use-listed-objects.ts'

interface ListedSearchFieldProps extends FieldTexts {
  /** The field's place in the form's values. */
  name: string
  list: ListedObjects
  groups: readonly ChoiceGroup[]
  placeholder: string
  /** The form of what is typed where there is no list. */
  typedHint: string
  onChange?: () => void
}

/**
 * A choice among many objects of the cluster, in groups and narrowed by typing. Where they cannot
 * be listed, or not all of them, it is a text field, and the line below says why.
 */
export function ListedSearchField(props: ListedSearchFieldProps) {
  const { name, list, groups, placeholder, typedHint, onChange, ...texts } = props
  const reason = useListReason()
  const { field, fieldState } = useController<Record<string, string>>({ name })
  if (list.error || list.isTruncated) {
    const values = groups.flatMap(({ choices }) => choices.map(({ value }) => value))
    const why = list.error ? ` ${reason(list.error)}` : ''
    return (
      <TextField
        {...texts}
        name={name}
        hint={`${typedHint}${why}`}
        suggestions={values}
        {...(onChange && { onChange })}
      />
    )
  }
  const choose = (value: string) => {
    field.onChange(value)
    field.onBlur()
    onChange?.()
  }
  return (
    <SearchSelectField
      {...texts}
      name={name}
      value={field.value ?? ''}
      isTouched={fieldState.isTouched}
      groups={groups}
      placeholder={placeholder}
      onChoose={choose}
      onClear={() => choose('')}
    />
  )
}
