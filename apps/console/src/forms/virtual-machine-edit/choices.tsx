import {
  EVICTION_STRATEGIES,
  evictionStrategyItem,
  hostnameItem,
  instancetypeItem,
  preferenceItem,
  RUN_STRATEGIES,
  runStrategyItem,
} from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { RadioField } from '../fields/RadioField.tsx'
import { TextField } from '../fields/TextField.tsx'
import {
  InstancetypeField,
  PreferenceField,
} from '../virtual-machine-create/InstancetypeField.tsx'
import { editDialog } from './EditDialog.tsx'

function HostnameField() {
  const { t } = useTranslation()
  return (
    <TextField
      name="hostname"
      label={t('configuration.subject.hostname')}
      hint={t('configuration.hostname.hint')}
    />
  )
}

export const HostnameDialog = editDialog({
  subject: 'hostname',
  item: hostnameItem,
  Fields: HostnameField,
  effect: 'restart',
})

function RunStrategyField() {
  const { t } = useTranslation()
  return (
    <RadioField
      name="runStrategy"
      label={t('configuration.subject.runStrategy')}
      choices={RUN_STRATEGIES.map((value) => ({
        value,
        label: value,
        description: t(`configuration.runStrategy.${value}`),
      }))}
    />
  )
}

export const RunStrategyDialog = editDialog({
  subject: 'runStrategy',
  item: runStrategyItem,
  Fields: RunStrategyField,
  effect: 'now',
})

/** F-74. */
function EvictionStrategyField() {
  const { t } = useTranslation()
  return (
    <RadioField
      name="evictionStrategy"
      label={t('configuration.subject.evictionStrategy')}
      choices={[
        {
          value: '',
          label: t('configuration.evictionStrategy.default'),
          description: t('configuration.evictionStrategy.defaultHint'),
        },
        ...EVICTION_STRATEGIES.map((value) => ({
          value,
          label: value,
          description: t(`configuration.evictionStrategy.${value}`),
        })),
      ]}
    />
  )
}

export const EvictionStrategyDialog = editDialog({
  subject: 'evictionStrategy',
  item: evictionStrategyItem,
  Fields: EvictionStrategyField,
  effect: 'restart',
})

export const InstancetypeDialog = editDialog({
  subject: 'instancetype',
  item: instancetypeItem,
  Fields: InstancetypeField,
  effect: 'restart',
})

function EditedPreferenceField() {
  const { t } = useTranslation()
  return <PreferenceField hint={t('configuration.preference.hint')} />
}

export const PreferenceDialog = editDialog({
  subject: 'preference',
  item: preferenceItem,
  Fields: EditedPreferenceField,
  effect: 'restart',
})
