import { Checkbox, Form, FormGroup } from '@patternfly/react-core'
import {
  OPERATING_SYSTEMS,
  sizeFor,
  withDevices,
  type GeneralValues,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useController, useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { CloudInitFields } from './CloudInitFields.tsx'
import { ProjectField } from './ProjectField.tsx'
import { SizeFields } from './SizeFields.tsx'
import { SourceFields } from './SourceFields.tsx'

const PROFILES = ['generic', 'desktop', 'highPerformance'] as const

export function GeneralStep() {
  const { t } = useTranslation()
  const form = useFormContext<VirtualMachineCreateValues>()
  const profile = form.watch('general.workloadProfile')
  const chooseOperatingSystem = (id: string) => {
    const values = form.getValues()
    const { general } = values
    // A size that was chosen on purpose stays.
    if (hasSize(general, sizeFor(general.operatingSystem))) {
      form.setValue('general', { ...general, ...sizeFor(id), operatingSystem: id })
    }
    const devices = withDevices(values, id)
    form.setValue('networking', devices.networking)
    form.setValue('storage', devices.storage)
  }
  return (
    <Form isWidthLimited maxWidth="44rem" onSubmit={(event) => event.preventDefault()}>
      <ProjectField />
      <TextField
        name="general.name"
        label={t('wizard.general.name')}
        hint={t('wizard.general.nameHint')}
        isRequired
      />
      <TextField
        name="general.description"
        label={t('wizard.general.description')}
        isMultiline
      />
      <SourceFields />
      <SelectField
        name="general.operatingSystem"
        label={t('wizard.general.operatingSystem')}
        isRequired
        choices={OPERATING_SYSTEMS.map(({ id, name }) => ({
          value: id,
          label: id === 'linux-sample' ? t('wizard.general.sampleSystem') : name,
        }))}
        onChange={chooseOperatingSystem}
      />
      <SizeFields />
      <SelectField
        name="general.workloadProfile"
        label={t('wizard.general.workloadProfile')}
        hint={t(`wizard.profileHint.${profile}`)}
        isRequired
        choices={PROFILES.map((value) => ({ value, label: t(`wizard.profile.${value}`) }))}
      />
      {/* PatternFly's own way to group checkboxes under a label. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <FormGroup role="group" label={t('wizard.general.options')}>
        <CheckboxField
          name="general.startOnCreation"
          label={t('wizard.general.startOnCreation')}
        />
        <CheckboxField
          name="general.cloudInit.enabled"
          label={t('wizard.general.useCloudInit')}
          description={t('wizard.general.useCloudInitHint')}
        />
      </FormGroup>
      {form.watch('general.cloudInit.enabled') && <CloudInitFields />}
    </Form>
  )
}

const hasSize = (general: GeneralValues, size: ReturnType<typeof sizeFor>): boolean =>
  Object.entries(size).every(([key, value]) => general[key as keyof GeneralValues] === value)

interface CheckboxFieldProps {
  name: 'general.startOnCreation' | 'general.cloudInit.enabled'
  label: string
  description?: string
}

function CheckboxField({ name, label, description }: CheckboxFieldProps) {
  const { field } = useController<VirtualMachineCreateValues, typeof name>({ name })
  return (
    <Checkbox
      id={name}
      name={name}
      label={label}
      {...(description && { description })}
      isChecked={field.value}
      onChange={(_event, isChecked) => field.onChange(isChecked)}
      onBlur={field.onBlur}
    />
  )
}
