import { FormSelect, FormSelectOption } from '@patternfly/react-core'
import { useController } from 'react-hook-form'
import { Field, type FieldTexts } from './Field.tsx'
import { useFieldProblems, useFieldWarnings } from './form-problems.ts'

export interface Choice {
  value: string
  label: string
  isDisabled?: boolean
}

interface SelectFieldProps extends FieldTexts {
  /** The field's place in the form's values. */
  name: string
  choices: readonly Choice[]
  /** Shown while nothing is chosen. */
  placeholder?: string
  isDisabled?: boolean
  onChange?: (value: string) => void
}

export function SelectField(props: SelectFieldProps) {
  const { name, choices, placeholder, isDisabled = false, onChange, ...texts } = props
  const { field, fieldState } = useController<Record<string, string>>({ name })
  const problems = useFieldProblems(name, fieldState.isTouched)
  const warnings = useFieldWarnings(name)
  const value = field.value ?? ''
  const isKnown = choices.some((choice) => choice.value === value)
  return (
    <Field {...texts} problems={problems} warnings={warnings}>
      {(ids) => (
        <FormSelect
          {...ids}
          name={name}
          value={value}
          isDisabled={isDisabled}
          isRequired={texts.isRequired ?? false}
          validated={problems.length > 0 ? 'error' : 'default'}
          onBlur={field.onBlur}
          onChange={(_event, chosen) => {
            field.onChange(chosen)
            onChange?.(chosen)
          }}
        >
          {placeholder !== undefined && !isKnown && value === '' && (
            <FormSelectOption value="" label={placeholder} isPlaceholder />
          )}
          {/* What was typed or chosen before stays, even if the list has no such entry. */}
          {!isKnown && value !== '' && <FormSelectOption value={value} label={value} />}
          {choices.map((choice) => (
            <FormSelectOption
              key={choice.value}
              value={choice.value}
              label={choice.label}
              isDisabled={choice.isDisabled ?? false}
            />
          ))}
        </FormSelect>
      )}
    </Field>
  )
}
