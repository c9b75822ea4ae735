import { Button, FormGroup } from '@patternfly/react-core'
import { MinusCircleIcon, PlusCircleIcon } from '@patternfly/react-icons'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import table from '../fields/EditableTable.module.css'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import styles from './PortFields.module.css'

/** F-50: the ports of the guest that can be reached; none = all. */
export function PortFields({ path }: { path: `networking.nics.${number}` }) {
  const { t } = useTranslation()
  const { watch, setValue } = useFormContext<VirtualMachineCreateValues>()
  const ports = watch(`${path}.ports`)
  return (
    // PatternFly's own way to group fields under a label.
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
    <FormGroup role="group" label={t('wizard.port.title')} className={table['wide'] ?? ''}>
      {ports.map((_port, index) => (
        // Ports have no identity but their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={styles['port']}>
          <TextField
            name={`${path}.ports.${index}.port`}
            label={t('wizard.port.port', { number: index + 1 })}
            inputMode="numeric"
            isRequired
          />
          <SelectField
            name={`${path}.ports.${index}.protocol`}
            label={t('wizard.port.protocol', { number: index + 1 })}
            choices={['TCP', 'UDP'].map((value) => ({ value, label: value }))}
          />
          <Button
            variant="plain"
            className={styles['remove'] ?? ''}
            icon={<MinusCircleIcon />}
            aria-label={t('wizard.port.remove', { number: index + 1 })}
            onClick={() =>
              setValue(
                `${path}.ports`,
                ports.filter((_other, other) => other !== index),
              )
            }
          />
        </div>
      ))}
      <p className={styles['hint']}>
        {t(ports.length === 0 ? 'wizard.port.all' : 'wizard.port.only')}
      </p>
      <Button
        variant="link"
        isInline
        icon={<PlusCircleIcon />}
        onClick={() => setValue(`${path}.ports`, [...ports, { port: '', protocol: 'TCP' }])}
      >
        {t('wizard.port.add')}
      </Button>
    </FormGroup>
  )
}
