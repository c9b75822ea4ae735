import { Label, Tooltip } from '@patternfly/react-core'
import { HourglassHalfIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'

type Change = 'added' | 'changed' | 'removed'

export const isChange = (state: string): state is Change =>
  state === 'added' || state === 'changed' || state === 'removed'

/** F-32: "Pending VM restart", and on hover or focus what the restart will do. */
export function PendingLabel({ change }: { change: Change }) {
  const { t } = useTranslation()
  return (
    <Tooltip content={t(`devices.pending.${change}`)}>
      <Label isCompact color="orange" icon={<HourglassHalfIcon />} tabIndex={0}>
        {t('devices.pending.label')}
      </Label>
    </Tooltip>
  )
}
