import { ClipboardCopy, StackItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** A command to be copied, and what it is for. */
export function ShellCommand({ label, command }: { label: string; command: string }) {
  const { t } = useTranslation()
  return (
    <StackItem>
      <p>{label}</p>
      <ClipboardCopy
        isReadOnly
        isCode
        hoverTip={t('common.copy')}
        clickTip={t('common.copied')}
        textAriaLabel={label}
        variant="inline-compact"
        isBlock
        copyAriaLabel={t('common.copyValue', { value: command })}
      >
        {command}
      </ClipboardCopy>
    </StackItem>
  )
}
