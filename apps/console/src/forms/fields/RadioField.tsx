import { FormGroup, Radio } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useController } from 'react-hook-form'

export interface RadioChoice<Value extends string> {
  value: Value
  label: string
  description?: ReactNode
  isDisabled?: boolean
}

interface RadioFieldProps<Value extends string> {
  /** The field's place in the form's values. */
  name: string
  label: string
  isRequired?: boolean
  choices: readonly RadioChoice<Value>[]
  /** Instead of only setting the value. */
  onChoose?: (value: Value) => void
}

/** One of a few choices, each with a line that explains it. */
export function RadioField<Value extends string>(props: RadioFieldProps<Value>) {
  const { name, label, isRequired = false, choices, onChoose } = props
  const { field } = useController<Record<string, string>>({ name })
  return (
    <FormGroup role="radiogroup" label={label} isRequired={isRequired} isStack>
      {choices.map(({ value, label: text, description, isDisabled = false }) => (
        <Radio
          key={value}
          id={`${name}-${value}`}
          name={name}
          label={text}
          {...(description !== undefined && { description })}
          isChecked={field.value === value}
          isDisabled={isDisabled}
          onChange={() => (onChoose ? onChoose(value) : field.onChange(value))}
        />
      ))}
    </FormGroup>
  )
}
