import { Alert } from '@patternfly/react-core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuestAvailability } from './guest-availability.ts'

interface GuestNeededProps {
  guest: Exclude<GuestAvailability, 'running' | 'unknown'>
  name: string
  startButton: ReactNode
  /** What needs the guest. */
  children: ReactNode
}

/** Says that a VM does not run now, where that stands in the way. */
export function GuestNeeded({ guest, name, startButton, children }: GuestNeededProps) {
  const { t } = useTranslation()
  return (
    <Alert
      isInline
      variant="info"
      title={t(`consoles.notice.${guest}.title`, { name })}
      actionLinks={guest === 'stopped' && startButton}
    >
      {children}
    </Alert>
  )
}
