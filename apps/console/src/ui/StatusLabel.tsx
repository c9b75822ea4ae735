import { Button, Label, Popover } from '@patternfly/react-core'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type StatusTone = 'success' | 'progress' | 'neutral' | 'warning' | 'danger'

interface StatusLabelProps {
  tone: StatusTone
  icon: ComponentType
  /** Why it is so, in words: shown when the label is clicked. */
  message?: ReactNode
  children: string
}

const COLORS = {
  success: 'green',
  progress: 'blue',
  neutral: 'grey',
  warning: 'orange',
  danger: 'red',
} as const

/** A status as icon, colour and word; never colour alone. */
export function StatusLabel({ tone, icon: Icon, message, children }: StatusLabelProps) {
  const { t } = useTranslation()
  const label = (
    <Label color={COLORS[tone]} icon={<Icon />} isCompact>
      {children}
    </Label>
  )
  if (!message) return label
  return (
    <Popover
      headerContent={children}
      bodyContent={message}
      closeBtnAriaLabel={t('common.close')}
      aria-label={children}
    >
      <Button
        variant="plain"
        hasNoPadding
        aria-label={t('common.statusWhy', { status: children })}
      >
        {label}
      </Button>
    </Popover>
  )
}
