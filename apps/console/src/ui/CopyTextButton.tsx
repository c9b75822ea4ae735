import { ClipboardCopyButton } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface CopyTextButtonProps {
  /** What is copied, for the button's name: several may be on a page. */
  label: string
  text: string
}

/** Puts a text of several lines on the clipboard, as it is. */
export function CopyTextButton({ label, text }: CopyTextButtonProps) {
  const { t } = useTranslation()
  const id = useId()
  const [isCopied, setIsCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setIsCopied(true)
  }
  return (
    <ClipboardCopyButton
      id={id}
      aria-label={t('common.copyValue', { value: label })}
      variant="plain"
      onTooltipHidden={() => setIsCopied(false)}
      onClick={() => void copy()}
    >
      {t(isCopied ? 'common.copied' : 'common.copy')}
    </ClipboardCopyButton>
  )
}
