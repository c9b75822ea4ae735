import {
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
} from '@patternfly/react-core'
import { bootDisks, type VirtualMachine } from '@virtdeck/kubevirt'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

interface BootDiskFieldProps {
  virtualMachine: VirtualMachine
  /** Why it cannot be changed now; undefined if it can. */
  lockedReason: string | undefined
  isPending: boolean
  onChange: (name: string) => void
}

/** F-60: which of its disks a template's VMs boot from; saved as it is chosen. */
export function BootDiskField(props: BootDiskFieldProps) {
  const { virtualMachine, lockedReason, isPending, onChange } = props
  const { t } = useTranslation()
  const id = useId()
  const { names, current } = bootDisks(virtualMachine)
  if (names.length === 0) return undefined
  return (
    <Form isWidthLimited maxWidth="24rem" onSubmit={(event) => event.preventDefault()}>
      <FormGroup label={t('wizard.disk.bootDisk')} fieldId={id}>
        <FormSelect
          id={id}
          value={current}
          isDisabled={lockedReason !== undefined || isPending}
          onChange={(_event, name) => onChange(name)}
        >
          {names.map((name) => (
            <FormSelectOption key={name} value={name} label={name} />
          ))}
        </FormSelect>
        {lockedReason !== undefined && (
          <FormHelperText>
            <HelperText>
              <HelperTextItem>{lockedReason}</HelperTextItem>
            </HelperText>
          </FormHelperText>
        )}
      </FormGroup>
    </Form>
  )
}
