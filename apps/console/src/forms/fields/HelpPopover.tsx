import { FormGroupLabelHelp, Popover } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface HelpPopoverProps {
  /** What it explains. */
  subject: string
  maxWidth?: string
  children: ReactNode
}

/** The question mark beside a label; what it explains opens on click. */
export function HelpPopover({ subject, maxWidth = '24rem', children }: HelpPopoverProps) {
  const { t } = useTranslation()
  return (
    <Popover
      headerContent={subject}
      bodyContent={children}
      closeBtnAriaLabel={t('common.close')}
      hasAutoWidth
      maxWidth={maxWidth}
    >
      <FormGroupLabelHelp aria-label={t('wizard.helpFor', { subject })} />
    </Popover>
  )
}
