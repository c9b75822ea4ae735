import { BanIcon } from '@patternfly/react-icons/dist/esm/icons/ban-icon'
import { CheckCircleIcon } from '@patternfly/react-icons/dist/esm/icons/check-circle-icon'
import { ExclamationCircleIcon } from '@patternfly/react-icons/dist/esm/icons/exclamation-circle-icon'
import { HourglassHalfIcon } from '@patternfly/react-icons/dist/esm/icons/hourglass-half-icon'
import { InProgressIcon } from '@patternfly/react-icons/dist/esm/icons/in-progress-icon'
import type { ConsoleKind } from '@virtdeck/bff-contract'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { SimulatedLabel } from '../pages/virtual-machines/SimulatedLabel.tsx'
import { StatusLabel, type StatusTone } from '../ui/StatusLabel.tsx'
import type { ConsoleSession } from './console-session.ts'
import type { ConsoleState } from './console-state.ts'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'

interface ConsoleStatusBarProps {
  state: ConsoleState
  kind: ConsoleKind
  isSimulated: boolean
  other: ConsoleSession<VirtualMachineDisplay> | undefined
}

const LOOKS: Record<ConsoleState['name'], { tone: StatusTone; icon: ComponentType }> = {
  waiting: { tone: 'neutral', icon: HourglassHalfIcon },
  connecting: { tone: 'progress', icon: InProgressIcon },
  connected: { tone: 'success', icon: CheckCircleIcon },
  reconnecting: { tone: 'warning', icon: InProgressIcon },
  disconnected: { tone: 'neutral', icon: BanIcon },
  failed: { tone: 'danger', icon: ExclamationCircleIcon },
}

/** The state of the console, always there, also in full screen. */
export function ConsoleStatusBar({ state, kind, isSimulated, other }: ConsoleStatusBarProps) {
  const { t } = useTranslation()
  const { tone, icon } = LOOKS[state.name]
  return (
    <div className="virtdeck-console__status">
      <output>
        <StatusLabel tone={tone} icon={icon}>
          {t(`consoles.status.${state.name}`)}
        </StatusLabel>
      </output>
      {isSimulated && <SimulatedLabel />}
      {state.name === 'connected' && (
        <span>
          {t(`consoles.hint.${kind}`)} {t('consoles.hint.leave')}
        </span>
      )}
      {other && <BackgroundHint session={other} />}
    </div>
  )
}

function BackgroundHint({ session }: { session: ConsoleSession<VirtualMachineDisplay> }) {
  const { t } = useTranslation()
  const { state } = session.machine.use()
  return state.name === 'connected' ? <span>{t('consoles.hint.background')}</span> : null
}
