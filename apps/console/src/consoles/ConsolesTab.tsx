import { PageSection } from '@patternfly/react-core'
import type { ConsoleKind } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { virtualMachineStateOf } from '@virtdeck/kubevirt'
import { useEffect } from 'react'
import { useLiveObject } from '../live/use-live-query.ts'
import { isSimulated } from '../pages/virtual-machines/is-simulated.ts'
import { useVirtualMachine } from '../pages/virtual-machines/virtual-machine-context.ts'
import { Loading } from '../ui/Loading.tsx'
import { useConsoleChoice } from './console-choice.ts'
import { ConsolePanel } from './ConsolePanel.tsx'
import { guestAvailability } from './guest-availability.ts'
import { StartButton } from './StartButton.tsx'
import { consoleSessions, openConsole } from './virtual-machine-consoles.ts'

const OTHER: Record<ConsoleKind, ConsoleKind> = { vnc: 'serial', serial: 'vnc' }

/** VNC and serial console of a VM: one is shown, the other may stay connected. */
export default function ConsolesTab() {
  const { virtualMachine, instance, isInstanceOnly = false } = useVirtualMachine()
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const owner = { namespace, name }
  const { kind, disconnectBeforeSwitching } = useConsoleChoice()
  const session = consoleSessions.use(owner, kind)
  const other = consoleSessions.use(owner, OTHER[kind])
  const guest = guestAvailability({ virtualMachine, instance })
  const virtualMachineState = virtualMachineStateOf(virtualMachine)
  // The page reads the same; here it tells "not known yet" from "may not be known".
  const live = useLiveObject(RESOURCES.virtualMachineInstances, owner)
  const isLoading = live.state === 'loading'

  useEffect(() => {
    // The first attempt waits for live data, so that nothing is tried on a stopped VM.
    if (!isLoading) openConsole({ namespace, name }, { kind, guest })
  }, [namespace, name, kind, guest, isLoading])

  if (!session) return <Loading />
  return (
    <PageSection isFilled hasBodyWrapper={false}>
      <ConsolePanel
        session={session}
        guest={guest}
        virtualMachine={{
          name,
          status: virtualMachineState.status,
          isSimulated: isSimulated(instance),
        }}
        other={other}
        startButton={
          !isInstanceOnly && <StartButton target={{ ...owner, uid, ...virtualMachineState }} />
        }
        onSwitch={(from) => {
          if (disconnectBeforeSwitching) consoleSessions.close(owner, from)
        }}
      />
    </PageSection>
  )
}
