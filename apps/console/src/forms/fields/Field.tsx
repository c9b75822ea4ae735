import { FormGroup, FormHelperText, HelperText, HelperTextItem } from '@patternfly/react-core'
import { useId, type ReactElement, type ReactNode } from 'react'

export interface FieldTexts {
  label: string
  /** A button beside the label that explains more. */
  labelHelp?: ReactElement
  /** What belongs here; steps aside for problems. */
  hint?: ReactNode
  isRequired?: boolean
}

interface FieldProps extends FieldTexts {
  problems: readonly string[]
  warnings?: readonly string[]
  /** The control; it must take the ids. */
  children: (ids: { id: string; 'aria-describedby': string }) => ReactNode
}

/** A labelled control; below it every problem at once, or the hint. */
export function Field(props: FieldProps) {
  const {
    label,
    labelHelp,
    hint,
    isRequired = false,
    problems,
    warnings = [],
    children,
  } = props
  const id = useId()
  const helpId = `${id}-help`
  return (
    <FormGroup
      label={label}
      fieldId={id}
      isRequired={isRequired}
      {...(labelHelp && { labelHelp })}
    >
      {children({ id, 'aria-describedby': helpId })}
      <FormHelperText>
        <HelperText id={helpId} isLiveRegion>
          {problems.map((problem) => (
            <HelperTextItem key={problem} variant="error">
              {problem}
            </HelperTextItem>
          ))}
          {warnings.map((warning) => (
            <HelperTextItem key={warning} variant="warning">
              {warning}
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
