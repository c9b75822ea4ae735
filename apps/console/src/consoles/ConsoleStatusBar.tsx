import { useTranslation } from 'react-i18next'
import { SimulatedLabel } from '../pages/virtual-machines/SimulatedLabel.tsx'
import type { ConsoleSession } from './console-session.ts'
import type { ConsoleState } from './console-state.ts'
import { ConsoleStatusLine } from './ConsoleStatusLine.tsx'
import type { VirtualMachineDisplay } from './virtual-machine-consoles.ts'
import type { VncDisplay } from './vnc/vnc-display.ts'

interface ConsoleStatusBarProps {
  state: ConsoleState
  display: VirtualMachineDisplay | undefined
  isSimulated: boolean
  isPaused: boolean
  other: ConsoleSession<VirtualMachineDisplay> | undefined
}

/** How it is with a VNC or serial console. */
export function ConsoleStatusBar(props: ConsoleStatusBarProps) {
  const { state, display, isSimulated, isPaused, other } = props
  const { t } = useTranslation()
  return (
    <ConsoleStatusLine look={state.name} status={t(`consoles.status.${state.name}`)}>
      {isSimulated && <SimulatedLabel />}
      {state.name === 'connected' && display && (
        <span>
          <InputHint display={display} isPaused={isPaused} /> {t('consoles.hint.leave')}
        </span>
      )}
      {other && <BackgroundHint session={other} />}
    </ConsoleStatusLine>
  )
}

interface InputHintProps {
  display: VirtualMachineDisplay
  isPaused: boolean
}

/** What becomes of keys. */
function InputHint({ display, isPaused }: InputHintProps) {
  const { t } = useTranslation()
  if (isPaused) return t('consoles.hint.paused')
  return display.kind === 'vnc' ? <VncHint display={display} /> : t('consoles.hint.serial')
}

function VncHint({ display }: { display: VncDisplay }) {
  const { t } = useTranslation()
  return t(display.isViewOnly.use() ? 'consoles.hint.viewOnly' : 'consoles.hint.vnc')
}

function BackgroundHint({ session }: { session: ConsoleSession<VirtualMachineDisplay> }) {
  const { t } = useTranslation()
  const { state } = session.machine.use()
  return state.name === 'connected' ? <span>{t('consoles.hint.background')}</span> : null
}
