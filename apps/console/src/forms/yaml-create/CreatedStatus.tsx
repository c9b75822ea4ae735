import { RESOURCES } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import { useLiveObject } from '../../live/use-live-query.ts'
import { statusMessageOf } from '../../pages/virtual-machines/status-message.ts'
import { VirtualMachineStatus } from '../../pages/virtual-machines/VirtualMachineStatus.tsx'

/** How a VM is doing since it was created: a claim may be missing, or no node be free. */
export function CreatedStatus(target: { namespace: string; name: string }) {
  const { data: virtualMachine } = useLiveObject<VirtualMachine>(
    RESOURCES.virtualMachines,
    target,
  )
  const status = virtualMachine?.status?.printableStatus
  if (!virtualMachine || status === undefined) return null
  return (
    <>
      {' '}
      <VirtualMachineStatus
        status={status}
        message={statusMessageOf(virtualMachine, undefined)}
      />
    </>
  )
}
