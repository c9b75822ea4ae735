import { useListReason } from './form-problems.ts'
import { SelectField, type Choice } from './SelectField.tsx'
import { TextField } from './TextField.tsx'
import type { FieldTexts } from './Field.tsx'
import type { ListedObjects } from './use-listed-objects.ts'

interface ListedFieldProps extends FieldTexts {
  name: string
  list: ListedObjects
  choices: readonly Choice[]
  placeholder?: string
  /** The form of what is typed where there is no list. */
  typedHint?: string
  onChange?: (value: string) => void
}

/**
 * A choice among objects of the cluster. Where they cannot be listed, or are too many for a
 * menu, it is a text field, and the line below says why.
 */
export function ListedField({
  list,
  choices,
  placeholder,
  typedHint,
  ...props
}: ListedFieldProps) {
  const reason = useListReason()
  if (list.error) {
    const why = reason(list.error)
    return <TextField {...props} hint={typedHint ? `${typedHint} ${why}` : why} />
  }
  if (list.isTruncated) {
    return <TextField {...props} suggestions={choices.map(({ value }) => value)} />
  }
  return <SelectField {...props} choices={choices} {...(placeholder && { placeholder })} />
}
