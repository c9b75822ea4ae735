import { Label, LabelGroup, Tooltip } from '@patternfly/react-core'
import type { VirtualMachineRow } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'

type Condition = VirtualMachineRow['conditions'][number]

/** Conditions of the cluster's own names; what they mean is in the tooltip. */
export function ConditionLabels({ conditions }: { conditions: readonly Condition[] }) {
  const { t } = useTranslation()
  if (conditions.length === 0) return null
  return (
    <LabelGroup
      aria-label={t('table.columns.conditions')}
      numLabels={2}
      collapsedText={t('common.showMore', { count: conditions.length - 2 })}
      expandedText={t('common.showLess')}
    >
      {conditions.map((condition) => (
        <ConditionLabel key={condition.type} {...condition} />
      ))}
    </LabelGroup>
  )
}

/** True of an agent is good news; everything else that is notable wants a look. */
const isGood = ({ type, status }: Condition) => type === 'AgentConnected' && status === 'True'

function ConditionLabel(condition: Condition) {
  const { type, status, message } = condition
  const text = status === 'True' ? type : `${type}=${status}`
  const label = (
    <Label
      isCompact
      variant="outline"
      color={isGood(condition) ? 'green' : 'orange'}
      {...(message !== undefined && { tabIndex: 0 })}
    >
      {text}
    </Label>
  )
  return message === undefined ? label : <Tooltip content={message}>{label}</Tooltip>
}
