import { Label, LabelGroup } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

interface KeyValueLabelsProps {
  /** What they are, for screen readers. */
  label: string
  values: Record<string, string> | undefined
}

const SHOWN = 5

/** Labels or annotations as `key=value`; long ones are cut and whole on hover. */
export function KeyValueLabels({ label, values = {} }: KeyValueLabelsProps) {
  const { t } = useTranslation()
  const entries = Object.entries(values)
  if (entries.length === 0) return t('common.none')
  return (
    <LabelGroup
      aria-label={label}
      numLabels={SHOWN}
      collapsedText={t('common.showMore', { count: entries.length - SHOWN })}
      expandedText={t('common.showLess')}
    >
      {entries.map(([key, value]) => (
        <Label key={key} variant="outline" textMaxWidth="28ch" isCompact>
          {value === '' ? key : `${key}=${value}`}
        </Label>
      ))}
    </LabelGroup>
  )
}
