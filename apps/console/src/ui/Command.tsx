import { ClipboardCopy, Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** What one would type in a shell instead, to be copied; several commands fold up. */
export function Command({ command }: { command: string }) {
  const { t } = useTranslation()
  const label = t('common.sameCommand')
  return (
    <Content>
      <p>{label}</p>
      <ClipboardCopy
        isReadOnly
        isCode
        hoverTip={t('common.copy')}
        clickTip={t('common.copied')}
        textAriaLabel={label}
        toggleAriaLabel={t('common.showAll')}
        {...(command.includes('\n')
          ? { variant: 'expansion' as const }
          : { variant: 'inline-compact' as const, isBlock: true })}
      >
        {command}
      </ClipboardCopy>
    </Content>
  )
}
