import { BanIcon } from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import { CheckCircleIcon } from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import { ExclamationCircleIcon } from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import { HourglassHalfIcon } from '@patternfly/react-icons/dist/esm/icons/hourglass-half-icon'
import { InProgressIcon } from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { ComponentType, ReactNode } from 'react'
import { StatusLabel, type StatusTone } from '../ui/StatusLabel.tsx'

/** How states look, whatever the protocol. */
const LOOKS = {
  waiting: { tone: 'neutral', icon: HourglassHalfIcon },
  asking: { tone: 'warning', icon: HourglassHalfIcon },
  connecting: { tone: 'progress', icon: InProgressIcon },
  connected: { tone: 'success', icon: CheckCircleIcon },
  reconnecting: { tone: 'warning', icon: InProgressIcon },
  disconnected: { tone: 'neutral', icon: BanIcon },
  lost: { tone: 'warning', icon: ExclamationCircleIcon },
  failed: { tone: 'danger', icon: ExclamationCircleIcon },
} as const satisfies Record<string, { tone: StatusTone; icon: ComponentType }>

export type ConsoleLook = keyof typeof LOOKS

interface ConsoleStatusLineProps {
  look: ConsoleLook
  /** The state in a word. */
  status: string
  /** What there is to know beside it. */
  children?: ReactNode
}

/** The state of a console, always there, also in full screen. */
export function ConsoleStatusLine({ look, status, children }: ConsoleStatusLineProps) {
  return (
    <div className="virtdeck-console__status">
      <output>
        <StatusLabel {...LOOKS[look]}>{status}</StatusLabel>
      </output>
      {children}
    </div>
  )
}
