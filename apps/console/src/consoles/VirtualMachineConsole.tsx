import type { ConsoleKind } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { virtualMachineStateOf } from '@virtdeck/kubevirt'
import { useEffect, useState, type ReactNode } from 'react'
import { useLiveObject } from '../live/use-live-query.ts'
import { isSimulated } from '../pages/virtual-machines/is-simulated.ts'
import type { VirtualMachineContext } from '../pages/virtual-machines/virtual-machine-context.ts'
import { Loading } from '../ui/Loading.tsx'
import type { ConsoleChoice } from './console-choice.ts'
import { ConsolePanel } from './ConsolePanel.tsx'
import { ConsoleSwitcher } from './ConsoleSwitcher.tsx'
import { DesktopViewer } from './desktop-viewer/DesktopViewer.tsx'
import { guestAvailability } from './guest-availability.ts'
import { closeRdpSession } from './rdp/rdp-sessions.ts'
import { RdpConsole } from './rdp/RdpConsole.tsx'
import { SshConsole } from './ssh/SshConsole.tsx'
import { sshSessions } from './ssh/ssh-sessions.ts'
import { StartButton } from './StartButton.tsx'
import { consoleSessions, openConsole } from './virtual-machine-consoles.ts'

const OTHER: Record<ConsoleKind, ConsoleKind> = { vnc: 'serial', serial: 'vnc' }

interface ShownConsole {
  kind: ConsoleKind | 'rdp' | 'ssh'
  /** It is going to be used elsewhere; two viewers would end each other. */
  onMove: () => void
}

interface VirtualMachineConsoleProps extends VirtualMachineContext {
  choice: ConsoleChoice
  onChoose: (change: Partial<ConsoleChoice>) => void
  /** More for the toolbar, about the console that is shown. */
  tools?: (shown: ShownConsole) => ReactNode
}

const isSwitch = ({ kind, desktop }: Partial<ConsoleChoice>): boolean =>
  kind !== undefined || desktop !== undefined

/** A console of a VM, its desktop by RDP, or a shell by SSH. */
export function VirtualMachineConsole(props: VirtualMachineConsoleProps) {
  const { virtualMachine, instance, isInstanceOnly, choice, onChoose, tools } = props
  const isShown = choice.desktop === 'rdp'
  const [hasRdp, setHasRdp] = useState(isShown)
  // Its connection lives in its frame, so it goes on for as long as that stays in the page.
  const keepsRdp = isShown || (hasRdp && !choice.disconnectBeforeSwitching)
  if (keepsRdp !== hasRdp) setHasRdp(keepsRdp)
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const endsRdp = !isShown && choice.disconnectBeforeSwitching
  useEffect(() => {
    if (endsRdp) closeRdpSession({ namespace, name })
  }, [endsRdp, namespace, name])
  return (
    <>
      {keepsRdp && (
        <div hidden={!isShown} className="virtdeck-console-keeper">
          <RdpConsole
            virtualMachine={virtualMachine}
            instance={instance}
            startButton={!isInstanceOnly && startButtonOf(virtualMachine)}
            switcher={<ConsoleSwitcher choice={choice} onChoose={onChoose} />}
            // Whoever signs in there is somebody else to the guest, or takes this session over.
            tools={tools?.({ kind: 'rdp', onMove: () => {} })}
          />
        </div>
      )}
      {!isShown && <OtherConsole {...props} />}
    </>
  )
}

function OtherConsole(props: VirtualMachineConsoleProps) {
  const { virtualMachine, instance, choice, onChoose } = props
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  if (!choice.desktop) return <StreamConsole {...props} />
  const change = (next: Partial<ConsoleChoice>) => {
    if (choice.desktop === 'ssh' && choice.disconnectBeforeSwitching && isSwitch(next)) {
      sshSessions.close({ namespace, name })
    }
    onChoose(next)
  }
  const switcher = <ConsoleSwitcher choice={choice} onChoose={change} />
  const startButton = !props.isInstanceOnly && startButtonOf(virtualMachine)
  if (choice.desktop === 'ssh') {
    return (
      <SshConsole
        virtualMachine={virtualMachine}
        instance={instance}
        startButton={startButton}
        switcher={switcher}
        // Guests take any number of SSH sessions.
        tools={props.tools?.({ kind: 'ssh', onMove: () => {} })}
      />
    )
  }
  return (
    <DesktopViewer
      virtualMachine={virtualMachine}
      instance={instance}
      startButton={startButton}
      switcher={switcher}
    />
  )
}

/** VNC and serial console of a VM: one is shown, the other may stay connected. */
function StreamConsole(props: VirtualMachineConsoleProps) {
  const { virtualMachine, instance, isInstanceOnly = false, choice, onChoose, tools } = props
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const owner = { namespace, name }
  const { kind, disconnectBeforeSwitching } = choice
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
    <ConsolePanel
      session={session}
      guest={guest}
      virtualMachine={{
        name,
        status: virtualMachineState.status,
        isSimulated: isSimulated(instance),
      }}
      other={other}
      startButton={!isInstanceOnly && startButtonOf(virtualMachine)}
      choice={choice}
      onChoose={(change) => {
        if (isSwitch(change) && disconnectBeforeSwitching) consoleSessions.close(owner, kind)
        onChoose(change)
      }}
    >
      {tools?.({ kind, onMove: () => session.send({ type: 'disconnect' }) })}
    </ConsolePanel>
  )
}

function startButtonOf(virtualMachine: VirtualMachineContext['virtualMachine']): ReactNode {
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const state = virtualMachineStateOf(virtualMachine)
  return <StartButton target={{ namespace, name, uid, ...state }} />
}
