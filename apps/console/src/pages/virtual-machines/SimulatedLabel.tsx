import { Label, Tooltip } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** Plainly says that no hypervisor runs this guest. */
export function SimulatedLabel() {
  const { t } = useTranslation()
  return (
    <Tooltip content={t('virtualMachine.simulatedWhy')}>
      <Label variant="outline" color="purple" isCompact tabIndex={0}>
        {t('virtualMachine.simulated')}
      </Label>
    </Tooltip>
  )
}
