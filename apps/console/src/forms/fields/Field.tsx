import { FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core'
import { useId, type ReactNode } from 'react'

export interface FieldTexts {
  label: string
  /** What belongs here; steps aside for problems. */
  hint?: ReactNode
  isRequired?: boolean
}

interface FieldProps extends FieldTexts {
  problems: readonly string[]
  /** The control; it must take the ids. */
  children: (ids: { id: string; 'aria-describedby': string }) => ReactNode
}

/** A labelled control; below it every problem at once, or the hint. */
export function Field({ label, hint, isRequired = false, problems, children }: FieldProps) {
  const id = useId()
  const helpId = `${id}-help`
  return (
    <FormGroup label={label} fieldId={id} isRequired={isRequired}>
      {children({ id, 'aria-describedby': helpId })}
      <FormHelperText>
        <HelperText id={helpId} isLiveRegion>
          {problems.map((problem) => (
            <HelperTextItem key={problem} variant="error">
              {problem}
            </HelperTextItem>
          ))}
          {problems.length === 0 && hint !== undefined && (
            <HelperTextItem>{hint}</HelperTextItem>
          )}
        </HelperText>
      </FormHelperText>
    </FormGroup>
  )
}
