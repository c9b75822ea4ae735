import { Form, FormGroup, Radio } from '@patternfly/react-core'
import type { DiskFate } from '@virtdeck/kubevirt'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'

const FATES: readonly DiskFate[] = ['byDefault', 'keep', 'delete']

interface DiskFateChoiceProps {
  value: DiskFate
  onChange: (fate: DiskFate) => void
}

/** F-33: one decision for the disks of all VMs that are deleted. */
export function DiskFateChoice({ value, onChange }: DiskFateChoiceProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <Form>
      <FormGroup
        role="radiogroup"
        isStack
        fieldId={`${id}-byDefault`}
        label={t('actions.bulk.disks.title')}
      >
        {FATES.map((fate) => (
          <Radio
            key={fate}
            id={`${id}-${fate}`}
            name={id}
            label={t(`actions.bulk.disks.${fate}`)}
            isChecked={fate === value}
            onChange={() => onChange(fate)}
          />
        ))}
      </FormGroup>
    </Form>
  )
}
