import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { guestUserOf } from '@virtdeck/kubevirt'
import { useEffect, type ReactNode } from 'react'
import { Loading } from '../../ui/Loading.tsx'
import { SshPanel } from './SshPanel.tsx'
import { sshSessions } from './ssh-sessions.ts'

interface SshConsoleProps {
  virtualMachine: V1VirtualMachine
  switcher: ReactNode
  tools: ReactNode
}

/** The SSH session of a VM, made when it is first looked at. */
export function SshConsole({ virtualMachine, switcher, tools }: SshConsoleProps) {
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const owner = { namespace, name }
  const session = sshSessions.use(owner)
  useEffect(() => sshSessions.open({ namespace, name }, uid), [namespace, name, uid])
  if (!session) return <Loading />
  return (
    <SshPanel
      key={uid}
      session={session}
      owner={owner}
      userName={guestUserOf(virtualMachine) ?? ''}
      switcher={switcher}
      tools={tools}
    />
  )
}
