import { Checkbox } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useController } from 'react-hook-form'

interface CheckboxFieldProps {
  /** The field's place in the form's values. */
  name: string
  label: string
  description?: ReactNode
  onChange?: (isChecked: boolean) => void
}

export function CheckboxField({ name, label, description, onChange }: CheckboxFieldProps) {
  const { field } = useController<Record<string, boolean>>({ name })
  return (
    <Checkbox
      id={name}
      name={name}
      label={label}
      {...(description !== undefined && { description })}
      isChecked={field.value ?? false}
      onChange={(_event, isChecked) => {
        field.onChange(isChecked)
        onChange?.(isChecked)
      }}
      onBlur={field.onBlur}
    />
  )
}
