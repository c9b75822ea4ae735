import { TextArea, TextInput, type TextInputProps } from '@patternfly/react-core'
import { useId } from 'react'
import { useController } from 'react-hook-form'
import { Field, type FieldTexts } from './Field.tsx'
import { useFieldProblems, useFieldWarnings } from './form-problems.ts'
import styles from './TextField.module.css'

interface TextFieldProps extends FieldTexts {
  /** The field's place in the form's values. */
  name: string
  placeholder?: string
  /** Offered while typing. */
  suggestions?: readonly string[]
  inputMode?: 'decimal' | 'numeric' | 'url'
  isMultiline?: boolean
  isCode?: boolean
  /** Worth knowing, beside what the form itself finds. */
  warning?: string | undefined
  onChange?: (value: string) => void
}

export function TextField(props: TextFieldProps) {
  const { name, placeholder, suggestions = [], isMultiline, warning, onChange, ...rest } = props
  const { inputMode, isCode, ...texts } = rest
  const { field, fieldState } = useController<Record<string, string>>({ name })
  const problems = useFieldProblems(name, fieldState.isTouched)
  const warnings = useFieldWarnings(name)
  const listId = useId()
  const change = (value: string) => {
    field.onChange(value)
    onChange?.(value)
  }
  const control: Partial<TextInputProps> = {
    name,
    value: field.value ?? '',
    onBlur: field.onBlur,
    validated: problems.length > 0 ? 'error' : 'default',
    isRequired: texts.isRequired ?? false,
    ...(placeholder && { placeholder }),
    ...(inputMode && { inputMode }),
    ...(isCode && styles['code'] && { className: styles['code'] }),
  }
  return (
    <Field
      {...texts}
      problems={problems}
      warnings={warning === undefined ? warnings : [...warnings, warning]}
    >
      {(ids) =>
        isMultiline ? (
          <TextArea
            {...(control as object)}
            {...ids}
            aria-label={texts.label}
            resizeOrientation="vertical"
            rows={isCode ? 10 : 2}
            spellCheck={!isCode}
            onChange={(_event, value) => change(value)}
          />
        ) : (
          <>
            <TextInput
              {...control}
              {...ids}
              autoComplete="off"
              spellCheck={false}
              {...(suggestions.length > 0 && { list: listId })}
              onChange={(_event, value) => change(value)}
            />
            {suggestions.length > 0 && (
              <datalist id={listId}>
                {suggestions.map((suggestion) => (
                  <option key={suggestion}>{suggestion}</option>
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  )
}
