import { ClipboardCopy, Content } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

interface CommandProps {
  command: string
  /** What it is for; without, it does what the dialog around it does. */
  label?: string
}

/** What one would type in a shell, to be copied; several commands fold up. */
export function Command({ command, label: ownLabel }: CommandProps) {
  const { t } = useTranslation()
  const label = ownLabel ?? t('common.sameCommand')
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
