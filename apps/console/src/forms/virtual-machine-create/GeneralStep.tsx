import { Form, FormGroup } from '@patternfly/react-core'
import { isWindows, type VirtualMachineCreateValues } from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { CheckboxField } from '../fields/CheckboxField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { CloudInitFields } from './CloudInitFields.tsx'
import { OperatingSystemField } from './OperatingSystemField.tsx'
import { ProfileField } from './ProfileField.tsx'
import { ProjectField } from './ProjectField.tsx'
import { SizingFields } from './SizingFields.tsx'
import { SourceFields } from './SourceFields.tsx'
import { TemplateField } from './TemplateField.tsx'
import { WindowsFields } from './WindowsFields.tsx'
import { useWizardState } from './wizard-context.ts'

/** F-60: what lists call a template, and who answers for it. */
function NamedForPeople() {
  const { t } = useTranslation()
  return (
    <>
      <TextField
        name="general.displayName"
        label={t('wizard.general.displayName')}
        hint={t('wizard.general.displayNameHint')}
      />
      <TextField name="general.provider" label={t('wizard.general.provider')} />
    </>
  )
}

export function GeneralStep() {
  const { t } = useTranslation()
  const { purpose } = useWizardState()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  return (
    <Form isWidthLimited maxWidth="44rem" onSubmit={(event) => event.preventDefault()}>
      <ProjectField />
      <TextField
        name="general.name"
        label={t('wizard.general.name')}
        hint={t(
          purpose === 'template'
            ? 'wizard.general.templateNameHint'
            : 'wizard.general.nameHint',
        )}
        isRequired
      />
      {purpose === 'template' && <NamedForPeople />}
      <TextField
        name="general.description"
        label={t('wizard.general.description')}
        isMultiline
      />
      <TemplateField />
      <SourceFields />
      <OperatingSystemField />
      <SizingFields />
      <ProfileField />
      {/* PatternFly's own way to group checkboxes under a label. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <FormGroup role="group" label={t('wizard.general.options')} isStack>
        {purpose === 'virtualMachine' && (
          <CheckboxField
            name="general.startOnCreation"
            label={t('wizard.general.startOnCreation')}
          />
        )}
        <CheckboxField
          name="general.cloudInit.enabled"
          label={t('wizard.general.useCloudInit')}
          description={t('wizard.general.useCloudInitHint')}
        />
      </FormGroup>
      {watch('general.cloudInit.enabled') && <CloudInitFields />}
      {isWindows(watch('general.operatingSystem')) && <WindowsFields />}
    </Form>
  )
}
