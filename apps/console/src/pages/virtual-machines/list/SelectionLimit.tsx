import { Alert } from '@patternfly/react-core'
import { MAX_SELECTED } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'

/** What was ticked beyond the limit stays unticked; this says so, and what to do. */
export function SelectionLimit({ leftOut }: { leftOut: number }) {
  const { t, i18n } = useTranslation()
  if (leftOut === 0) return null
  const limit = MAX_SELECTED.toLocaleString(i18n.language)
  return (
    <Alert
      isInline
      isLiveRegion
      variant="warning"
      title={t('virtualMachine.list.selectionFull', { count: leftOut })}
    >
      {t('virtualMachine.list.selectionLimit', { limit })}
    </Alert>
  )
}
