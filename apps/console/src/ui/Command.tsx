import { ClipboardCopy } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** What one would type in a shell instead, to be copied. */
export function Command({ command }: { command: string }) {
  const { t } = useTranslation()
  return (
    <>
      <p>{t('common.sameCommand')}</p>
      <ClipboardCopy
        isReadOnly
        isCode
        hoverTip={t('common.copy')}
        clickTip={t('common.copied')}
        textAriaLabel={t('common.sameCommand')}
        variant="inline-compact"
        isBlock
      >
        {command}
      </ClipboardCopy>
    </>
  )
}
