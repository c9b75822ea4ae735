import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { guestUserOf } from '@virtdeck/kubevirt'
import { useEffect, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Loading } from '../../ui/Loading.tsx'
import { guestAvailability } from '../guest-availability.ts'
import { GuestNeeded } from '../GuestNeeded.tsx'
import { SshPanel } from './SshPanel.tsx'
import { sshSessions } from './ssh-sessions.ts'

interface SshConsoleProps {
  virtualMachine: V1VirtualMachine
  instance: V1VirtualMachineInstance | null | undefined
  startButton: ReactNode
  switcher: ReactNode
  tools: ReactNode
}

/** The SSH session of a VM, made when it is first looked at. */
export function SshConsole(props: SshConsoleProps) {
  const { virtualMachine, instance, startButton, switcher, tools } = props
  const { t } = useTranslation()
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const owner = { namespace, name }
  const session = sshSessions.use(owner)
  useEffect(() => sshSessions.open({ namespace, name }, uid), [namespace, name, uid])
  if (!session) return <Loading />
  const guest = guestAvailability({ virtualMachine, instance })
  const isUp = guest === 'running' || guest === 'unknown'
  return (
    <SshPanel
      key={uid}
      session={session}
      owner={owner}
      userName={guestUserOf(virtualMachine) ?? ''}
      notice={
        !isUp && (
          <GuestNeeded guest={guest} name={name} startButton={startButton}>
            {t('ssh.needsGuest')}
          </GuestNeeded>
        )
      }
      switcher={switcher}
      tools={tools}
    />
  )
}
