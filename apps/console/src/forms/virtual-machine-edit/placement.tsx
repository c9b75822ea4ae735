import {
  AFFINITY_OPERATORS,
  nodeAffinityItem,
  nodeSelectorItem,
  tolerationsItem,
  type NodeAffinityValues,
  type NodeSelectorValues,
  type TolerationsValues,
} from '@virtdeck/kubevirt'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { SelectField } from '../fields/SelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { editDialog } from './EditDialog.tsx'
import { RowList } from './RowList.tsx'

const asChoices = (values: readonly string[]) =>
  values.map((value) => ({ value, label: value }))

function NodeSelectorFields() {
  const { t } = useTranslation()
  return (
    <RowList<NodeSelectorValues['labels'][number]>
      name="labels"
      hint={t('configuration.nodeSelector.hint')}
      addLabel={t('configuration.nodeSelector.add')}
      removeLabel={(number) => t('configuration.nodeSelector.remove', { number })}
      newRow={{ key: '', value: '' }}
    >
      {(path, number) => (
        <>
          <TextField
            name={`${path}.key`}
            label={t('configuration.nodeSelector.key', { number })}
            isRequired
          />
          <TextField
            name={`${path}.value`}
            label={t('configuration.nodeSelector.value', { number })}
          />
        </>
      )}
    </RowList>
  )
}

export const NodeSelectorDialog = editDialog({
  subject: 'nodeSelector',
  item: nodeSelectorItem,
  Fields: NodeSelectorFields,
  effect: 'placement',
  variant: 'medium',
})

function TolerationsFields() {
  const { t } = useTranslation()
  const { watch } = useFormContext<TolerationsValues>()
  const tolerations = watch('tolerations')
  return (
    <RowList<TolerationsValues['tolerations'][number]>
      name="tolerations"
      hint={t('configuration.tolerations.hint')}
      addLabel={t('configuration.tolerations.add')}
      removeLabel={(number) => t('configuration.tolerations.remove', { number })}
      newRow={{ key: '', operator: 'Exists', value: '', effect: '' }}
    >
      {(path, number) => (
        <>
          <TextField
            name={`${path}.key`}
            label={t('configuration.tolerations.key', { number })}
            hint={t('configuration.tolerations.keyHint')}
          />
          <SelectField
            name={`${path}.operator`}
            label={t('configuration.tolerations.operator', { number })}
            choices={asChoices(['Exists', 'Equal'])}
          />
          {tolerations[number - 1]?.operator === 'Equal' && (
            <TextField
              name={`${path}.value`}
              label={t('configuration.tolerations.value', { number })}
            />
          )}
          <SelectField
            name={`${path}.effect`}
            label={t('configuration.tolerations.effect', { number })}
            choices={[
              { value: '', label: t('configuration.tolerations.anyEffect') },
              ...asChoices(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
            ]}
          />
        </>
      )}
    </RowList>
  )
}

export const TolerationsDialog = editDialog({
  subject: 'tolerations',
  item: tolerationsItem,
  Fields: TolerationsFields,
  effect: 'placement',
  variant: 'medium',
})

function NodeAffinityFields() {
  const { t } = useTranslation()
  const { watch } = useFormContext<NodeAffinityValues>()
  const rules = watch('rules')
  return (
    <RowList<NodeAffinityValues['rules'][number]>
      name="rules"
      hint={t('configuration.affinity.hint')}
      addLabel={t('configuration.affinity.add')}
      removeLabel={(number) => t('configuration.affinity.remove', { number })}
      newRow={{ strength: 'required', key: '', operator: 'In', values: '', weight: 100 }}
    >
      {(path, number) => (
        <>
          <SelectField
            name={`${path}.strength`}
            label={t('configuration.affinity.strength', { number })}
            choices={(['required', 'preferred'] as const).map((value) => ({
              value,
              label: t(`configuration.affinity.${value}`),
            }))}
          />
          <TextField
            name={`${path}.key`}
            label={t('configuration.affinity.key', { number })}
            isRequired
          />
          <SelectField
            name={`${path}.operator`}
            label={t('configuration.affinity.operator', { number })}
            choices={asChoices(AFFINITY_OPERATORS)}
          />
          {['In', 'NotIn'].includes(rules[number - 1]?.operator ?? '') && (
            <TextField
              name={`${path}.values`}
              label={t('configuration.affinity.values', { number })}
              hint={t('configuration.affinity.valuesHint')}
              isRequired
            />
          )}
        </>
      )}
    </RowList>
  )
}

export const NodeAffinityDialog = editDialog({
  subject: 'affinity',
  item: nodeAffinityItem,
  Fields: NodeAffinityFields,
  effect: 'placement',
  variant: 'medium',
})
