import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { PageSection } from '@patternfly/react-core'
import type { ConsoleKind } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useEffect } from 'react'
import { useParams } from 'react-router'
import type { RouteHandle } from '../layouts/route-handle.ts'
import { useLiveObject } from '../live/use-live-query.ts'
import { Loading } from '../ui/Loading.tsx'
import { useConsoleChoice } from './console-choice.ts'
import { ConsolePanel } from './ConsolePanel.tsx'
import { guestAvailability, isSimulated } from './guest-availability.ts'
import { StartButton } from './StartButton.tsx'
import { consoleSessions, openConsole } from './virtual-machine-consoles.ts'

export const handle: RouteHandle = {}

const OTHER: Record<ConsoleKind, ConsoleKind> = { vnc: 'serial', serial: 'vnc' }

export default function ConsolesTab() {
  const { namespace = '', name = '' } = useParams()
  const owner = { namespace, name }
  const virtualMachine = useLiveObject<V1VirtualMachine>(RESOURCES.virtualMachines, owner)
  const instance = useLiveObject<V1VirtualMachineInstance>(
    RESOURCES.virtualMachineInstances,
    owner,
  )
  const { kind, disconnectBeforeSwitching } = useConsoleChoice()
  const session = consoleSessions.use(owner, kind)
  const other = consoleSessions.use(owner, OTHER[kind])
  const isLoading = virtualMachine.state === 'loading' || instance.state === 'loading'
  const guest = guestAvailability({
    virtualMachine: virtualMachine.data,
    instance: instance.data,
  })

  useEffect(() => {
    // The first attempt waits for live data, so that nothing is tried on a stopped VM.
    if (isLoading) return
    consoleSessions.setGuest({ namespace, name }, guest)
    openConsole({ namespace, name }, { kind, guest })
  }, [namespace, name, kind, guest, isLoading])

  if (!session) return <Loading />
  return (
    <PageSection isFilled hasBodyWrapper={false} className="virtdeck-consoles">
      <ConsolePanel
        session={session}
        guest={guest}
        virtualMachine={{
          name,
          status: virtualMachine.data?.status?.printableStatus ?? '',
          isSimulated: isSimulated(instance.data),
        }}
        otherIsConnected={other?.machine.get().activity.type === 'open'}
        startButton={<StartButton owner={owner} />}
        onSwitch={(from) => {
          if (disconnectBeforeSwitching) consoleSessions.close(owner, from)
        }}
      />
    </PageSection>
  )
}
