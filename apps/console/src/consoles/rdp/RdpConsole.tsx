import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { Alert } from '@patternfly/react-core'
import { SUBRESOURCES_GROUP } from '@virtdeck/kubernetes'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useAccess } from '../../live/use-access.ts'
import { guestAvailability } from '../guest-availability.ts'
import { GuestNeeded } from '../GuestNeeded.tsx'
import { RdpPanel } from './RdpPanel.tsx'

interface RdpConsoleProps {
  virtualMachine: V1VirtualMachine
  instance: V1VirtualMachineInstance | null | undefined
  startButton: ReactNode
  switcher: ReactNode
  tools: ReactNode
}

/** The remote desktop of a VM, and what stands in its way before anybody types a password. */
export function RdpConsole(props: RdpConsoleProps) {
  const { virtualMachine, instance, startButton, switcher, tools } = props
  const { t } = useTranslation()
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const [access] = useAccess([
    {
      verb: 'get',
      group: SUBRESOURCES_GROUP,
      resource: 'virtualmachineinstances',
      subresource: 'portforward',
      namespace,
      name,
    },
  ])
  const mayConnect = access?.allowed !== false
  const guest = guestAvailability({ virtualMachine, instance })
  const isUp = guest === 'running' || guest === 'unknown'
  return (
    <RdpPanel
      key={uid}
      owner={{ namespace, name }}
      uid={uid}
      mayConnect={mayConnect}
      notice={
        mayConnect ? (
          !isUp && (
            <GuestNeeded guest={guest} name={name} startButton={startButton}>
              {t('rdp.needsGuest')}
            </GuestNeeded>
          )
        ) : (
          <Alert isInline variant="warning" title={t('rdp.problem.forbidden.title')}>
            {t('rdp.problem.forbidden.body')}
          </Alert>
        )
      }
      switcher={switcher}
      tools={tools}
    />
  )
}
