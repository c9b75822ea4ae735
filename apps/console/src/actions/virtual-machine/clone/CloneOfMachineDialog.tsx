import { volumesNotCloneable } from '@virtdeck/kubevirt'
import type { ActionDialogProps } from '../action.ts'
import { useReadMachine } from '../use-read-machine.ts'
import { CloneDialog } from './CloneDialog.tsx'

/** A clone of a VM as it is now. */
export function CloneOfMachineDialog({ target, onClose }: ActionDialogProps) {
  const { namespace, name, status } = target
  const { data, error } = useReadMachine(target)
  return (
    <CloneDialog
      source={{ namespace, kind: 'VirtualMachine', name }}
      virtualMachine={name}
      isRunning={status !== 'Stopped'}
      blocked={data && volumesNotCloneable(data)}
      error={error}
      onClose={onClose}
    />
  )
}
