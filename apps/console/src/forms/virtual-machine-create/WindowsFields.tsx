import { FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core'
import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../fields/CheckboxField.tsx'
import { HelpPopover } from '../fields/HelpPopover.tsx'
import { TextField } from '../fields/TextField.tsx'
import { TextFileButton } from '../fields/TextFileButton.tsx'
import { DriverTable } from './DriverTable.tsx'

/** F-36: what Windows does not bring along, and the answers to its setup's questions. */
export function WindowsFields() {
  const { t } = useTranslation()
  const { setValue } = useFormContext<VirtualMachineCreateValues>()
  return (
    <FormFieldGroup
      header={
        <FormFieldGroupHeader
          titleText={{
            text: (
              <>
                {t('wizard.windows.title')}{' '}
                <HelpPopover subject={t('wizard.windows.driverTable')} maxWidth="36rem">
                  <DriverTable />
                </HelpPopover>
              </>
            ),
            id: 'windows-title',
          }}
          titleDescription={t('wizard.windows.hint')}
        />
      }
    >
      <CheckboxField
        name="general.windows.drivers"
        label={t('wizard.windows.drivers')}
        description={t('wizard.windows.driversHint')}
      />
      <TextField
        name="general.windows.unattend"
        label={t('wizard.windows.unattend')}
        hint={t('wizard.windows.unattendHint')}
        placeholder={'<unattend xmlns="urn:schemas-microsoft-com:unattend">'}
        isMultiline
        isCode
      />
      <TextFileButton
        label={t('wizard.windows.unattendFile')}
        accept=".xml,text/xml"
        onText={(text) => setValue('general.windows.unattend', text)}
      />
    </FormFieldGroup>
  )
}
