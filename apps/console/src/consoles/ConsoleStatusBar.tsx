import type { ConsoleKind } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { SimulatedLabel } from '../pages/virtual-machines/SimulatedLabel.tsx'
import type { ConsoleSession } from './console-session.ts'
import type { ConsoleState } from './console-state.ts'
import { ConsoleStatusLine } from './ConsoleStatusLine.tsx'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'

interface ConsoleStatusBarProps {
  state: ConsoleState
  kind: ConsoleKind
  isSimulated: boolean
  other: ConsoleSession<VirtualMachineDisplay> | undefined
}

/** How it is with a VNC or serial console. */
export function ConsoleStatusBar({ state, kind, isSimulated, other }: ConsoleStatusBarProps) {
  const { t } = useTranslation()
  return (
    <ConsoleStatusLine look={state.name} status={t(`consoles.status.${state.name}`)}>
      {isSimulated && <SimulatedLabel />}
      {state.name === 'connected' && (
        <span>
          {t(`consoles.hint.${kind}`)} {t('consoles.hint.leave')}
        </span>
      )}
      {other && <BackgroundHint session={other} />}
    </ConsoleStatusLine>
  )
}

function BackgroundHint({ session }: { session: ConsoleSession<VirtualMachineDisplay> }) {
  const { t } = useTranslation()
  const { state } = session.machine.use()
  return state.name === 'connected' ? <span>{t('consoles.hint.background')}</span> : null
}
